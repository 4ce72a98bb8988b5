import { type LlmLog, type LogField, logFields } from "../domain/llm-log.js";
import { nearestNames } from "../domain/nearest-names.js";
import { spellName, spellTable } from "../domain/sql-name.js";
import { ConfigError } from "../errors.js";
import type { Database } from "../store/database.js";
import * as catalogue from "../store/llm-log-catalogue.repository.js";

/** Which types a column may have, and how to say so. */
interface Kind {
  readonly rule: string;
  readonly types: readonly string[];
}

const text: Kind = {
  rule: "text, an enum or a uuid",
  types: ["text", "character varying", "character", "name", "enum", "uuid"],
};
const count: Kind = { rule: "a whole number", types: ["smallint", "integer", "bigint", "numeric"] };
const amount: Kind = { rule: "a number", types: [...count.types, "real", "double precision"] };
const instant: Kind = { rule: "timestamp with time zone", types: ["timestamp with time zone"] };

/** Any type can name a row. */
const kinds: Readonly<Record<Exclude<LogField, "id">, Kind>> = {
  execution_id: text,
  document_type: text,
  provider: text,
  model: text,
  phase: text,
  session: text,
  started_at: instant,
  input_tokens: count,
  cache_read_tokens: count,
  cache_write_5m_tokens: count,
  cache_write_1h_tokens: count,
  output_tokens: count,
  cost_usd: amount,
};

/**
 * Makes sure that a log can be read as it is configured. Answers what makes reading it slow, in words.
 * @throws ConfigError naming everything that is wrong and what would be right
 */
export async function checkLlmLog(db: Database, log: LlmLog): Promise<readonly string[]> {
  const columns = await catalogue.columnsOf(db, log);
  const wrong = columns.length === 0 ? [await missingTable(db, log)] : wrongColumns(log, columns);
  const problems = wrong.length > 0 ? wrong : await refusedColumns(db, log, columns);
  if (problems.length > 0) {
    throw new ConfigError(`The LLM log cannot be read:\n${problems.map((line) => `  ${line}`).join("\n")}`);
  }
  const start = columns.find(({ name }) => name === log.columns.started_at);
  return start?.isIndexed === false ? [slowStart(log)] : [];
}

async function missingTable(db: Database, log: LlmLog): Promise<string> {
  const name = spellTable(log);
  const known = (await catalogue.tables(db)).map(spellTable);
  return `LLM_LOG_TABLE: there is no table or view ${name} in this database; the nearest names are ${nearestNames(name, known).join(", ")}`;
}

function wrongColumns(log: LlmLog, columns: readonly catalogue.CatalogueColumn[]): readonly string[] {
  const names = columns.map(({ name }) => name);
  return logFields.flatMap((field) => {
    const name = log.columns[field];
    if (name === undefined) return [];
    const column = columns.find((each) => each.name === name);
    if (column === undefined) {
      const nearest = nearestNames(name, names).map(spellName).join(", ");
      return `LLM_LOG_COLUMNS: ${spellTable(log)} has no column ${spellName(name)} for ${field}; the nearest names are ${nearest}`;
    }
    if (field === "id" || kinds[field].types.includes(column.type)) return [];
    return `LLM_LOG_COLUMNS: ${field} is read from ${spellName(name)}, which is of type ${column.type}; it must be ${kinds[field].rule}`;
  });
}

async function refusedColumns(
  db: Database,
  log: LlmLog,
  columns: readonly catalogue.CatalogueColumn[],
): Promise<readonly string[]> {
  const read = new Set(Object.values(log.columns));
  const refused = columns.filter(({ name, isReadable }) => read.has(name) && !isReadable);
  if (refused.length === 0) return [];
  const role = spellName(await catalogue.roleOf(db));
  const names = refused.map(({ name }) => spellName(name)).join(", ");
  return [
    `LLM_LOG_TABLE: the role ${role} may not read ${names} of ${spellTable(log)}; let its owner run: grant usage on schema ${spellName(log.schema)} to ${role}; grant select on ${spellTable(log)} to ${role};`,
  ];
}

function slowStart(log: LlmLog): string {
  return `No index of ${spellTable(log)} begins with ${spellName(log.columns.started_at)}, so the whole table is read every few seconds; ask its owner for one.`;
}
