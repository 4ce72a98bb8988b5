import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { beforeEach } from "vitest";
import { type LlmLog, usualLogColumns } from "../../src/domain/llm-log.js";
import { noPrices, type PriceBook } from "../../src/domain/price.js";
import { defaultLimits } from "../../src/limits.js";
import { type CopyProgress, LlmLogCopier } from "../../src/services/llm-log.service.js";
import { after, hour, noon } from "../support/clock.js";
import type { TestDatabase } from "../support/database.js";
import { startTestServer, type TestServer } from "../support/server.js";

type Value = string | number | null;
type Sql = TestDatabase["sql"];

/** The columns of a row that matter to a test, by their names in the log. */
export type RowFacts = Readonly<Record<string, Value>>;

/** The log of the surrounding system, as that system fills it. */
export interface TestLog {
  /** Logs a successful call of an hour ago that cost 0.25 USD, unless the facts say otherwise; answers its id. */
  write(facts?: RowFacts): Promise<string>;
  /** Logs many calls that differ in nothing but their ids. */
  writeMany(count: number, facts?: RowFacts): Promise<void>;
  change(id: string, facts: RowFacts): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The log of ADR-010, with the names that the configuration assumes. */
const adr010: LlmLog = { schema: "public", table: "llm_run", columns: usualLogColumns };

/** Creates the table of ADR-010 with its indexes, where the search path leads. */
export async function createLog(sql: Sql): Promise<void> {
  const text = await readFile("test/fixtures/adr-010.sql", "utf8");
  for (const statement of text.replaceAll(/--.*$/gm, "").split(";")) {
    if (statement.trim() !== "") await sql(statement);
  }
}

const usualRow = (): RowFacts => ({
  id: randomUUID(),
  correlation_id: randomUUID(),
  artifact_type: "discovery",
  role: "author",
  model_provider: "anthropic",
  model_name: "a-model",
  prompt_id: "a-prompt",
  prompt_version: "1",
  effective_prompt_hash: "none",
  status: "SUCCESS",
  started_at: after(noon, -hour),
  cost_usd: 0.25,
  error_count: 0,
  created_at: noon,
  updated_at: noon,
});

/** The hands of the surrounding system on a table that has some of the columns of ADR-010, and perhaps others. */
export function logIn(sql: Sql, table: string): TestLog {
  const insert = async (rows: readonly RowFacts[]) => {
    const query = `insert into ${table} select * from json_populate_recordset(null::${table}, $1::text::json)`;
    await sql(query, [JSON.stringify(rows)]);
  };
  return {
    write: async (facts) => {
      const row = { ...usualRow(), ...facts };
      await insert([row]);
      return String(row.id);
    },
    writeMany: (count, facts) => insert(Array.from({ length: count }, () => ({ ...usualRow(), ...facts }))),
    change: async (id, facts) => {
      const names = Object.keys(facts).join(", ");
      const changed = `select ${names} from json_populate_record(null::${table}, $1::text::json)`;
      await sql(`update ${table} set (${names}) = (${changed}) where id::text = $2`, [
        JSON.stringify(facts),
        id,
      ]);
    },
    remove: async (id) => {
      await sql(`delete from ${table} where id::text = $1`, [id]);
    },
  };
}

/** A server that copies nothing by itself, beside an empty log of ADR-010. */
export async function startServerWithLog(): Promise<{ readonly server: TestServer; readonly log: TestLog }> {
  const server = await startTestServer({ prepare: ({ sql }) => createLog(sql) });
  beforeEach(async () => {
    await server.sql("truncate llm_run");
  });
  return { server, log: logIn(server.sql, "llm_run") };
}

/** An instance that copies a log when a test tells it to. */
export interface TestCopier {
  /** Copies until there is nothing more to copy. */
  copy(): Promise<void>;
  pass: LlmLogCopier["pass"];
  giveTurnBack: LlmLogCopier["giveTurnBack"];
  /** What it told of its progress. */
  readonly progress: readonly CopyProgress[];
}

interface CopierOptions {
  readonly log?: LlmLog;
  readonly prices?: PriceBook;
  /** Sees the progress as it is made, and may stop it. */
  readonly watch?: (progress: CopyProgress, stop: () => void) => void;
}

export function copierOf(
  { database, clock }: Pick<TestServer, "database" | "clock">,
  { log = adr010, prices = noPrices, watch }: CopierOptions = {},
): TestCopier {
  const stopping = new AbortController();
  const progress: CopyProgress[] = [];
  const copier = new LlmLogCopier({
    ...{ store: database.store, log, prices, clock: clock.now, limits: defaultLimits },
    stopping: stopping.signal,
    onProgress: (latest) => {
      progress.push(latest);
      watch?.(latest, () => stopping.abort());
    },
  });
  return {
    progress,
    pass: () => copier.pass(),
    giveTurnBack: () => copier.giveTurnBack(),
    copy: async () => {
      for (;;) {
        const { isMine, isComplete } = await copier.pass();
        if (!isMine) throw new Error("It is the turn of another instance.");
        if (isComplete) return;
      }
    },
  };
}
