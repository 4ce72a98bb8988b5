import { and, eq, gte, type SQL, sql } from "drizzle-orm";
import type { LlmLog, LogField } from "../domain/llm-log.js";
import type { LoggedMinute } from "../domain/logged-minute.js";
import type { LoggedRow } from "../domain/logged-row.js";
import type { CallSource } from "../vocabulary.js";
import { sumOf } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { llmCalls } from "./llm-call.table.js";
import { literal } from "./words.sql.js";

/** A stretch of time, half-open. */
export interface Span {
  readonly from: Date;
  readonly before: Date;
}

/** The place of a row in the order in which a log is read, exact to the microsecond. */
export interface Place {
  readonly startedAt: string;
  readonly id: string;
}

/** Rows that follow each other. */
export interface Chunk {
  /** Those whose call is not copied, or says something else. */
  readonly different: readonly LoggedRow[];
  /** Those of them whose call is not copied. */
  readonly newCount: number;
  /** All that were compared. */
  readonly size: number;
  /** The last of them; undefined when there were none. */
  readonly last: Place | undefined;
}

/** Rows that claim to have started outside of this are no calls. */
export const calendar: Span = {
  from: new Date("2000-01-01T00:00:00Z"),
  before: new Date("9999-12-31T00:00:00Z"),
};

/** The minutes in which rows of a log started, in order: cheap enough to be asked for again and again. */
export async function minutes(db: Database, log: LlmLog, from: Date): Promise<readonly LoggedMinute[]> {
  return db
    .select(minuteOf(column(log, "started_at"), fingerprint(log)))
    .from(tableOf(log))
    .where(startedWithin(log, { from, before: calendar.before }))
    .groupBy(sql`1`)
    .orderBy(sql`1`);
}

/** The same minutes, as far as their rows are copied. */
export async function copiedMinutes(db: Database, from: Date): Promise<readonly LoggedMinute[]> {
  return db
    .select(minuteOf(sql`${llmCalls.startedAt}`, sql`${llmCalls.sourceFingerprint}::bigint`))
    .from(llmCalls)
    .where(and(eq(llmCalls.source, "llm_log"), gte(llmCalls.startedAt, from)))
    .groupBy(sql`1`)
    .orderBy(sql`1`);
}

const minuteOf = (startedAt: SQL, fingerprint: SQL) => ({
  start: sql`date_bin('1 minute', ${startedAt}, '2000-01-01Z')`.mapWith(llmCalls.startedAt) as SQL<Date>,
  rowCount: sumOf(sql`count(*)`),
  digest: sql<string>`bit_xor(${fingerprint})::text`,
});

/** How many rows of a log started in a stretch of time. */
export async function count(db: Database, log: LlmLog, span: Span): Promise<number> {
  const [row] = await db
    .select({ count: sumOf(sql`count(*)`) })
    .from(tableOf(log))
    .where(startedWithin(log, span));
  return row?.count ?? 0;
}

/**
 * The next rows of a stretch of time, compared with the calls that were copied. A call that came under the same key
 * from another source is left alone.
 */
export async function nextChunk(
  db: Database,
  log: LlmLog,
  span: Span,
  after: Place | undefined,
  limit: number,
): Promise<Chunk> {
  const read = (name: string) => sql<string | null>`read.${sql.identifier(name)}`;
  const rows = await db
    .select({
      sourceKey: sql<string>`read.source_key`,
      fingerprint: sql<string>`read.fingerprint`,
      startedAt: sql`read.started_at`.mapWith(llmCalls.startedAt),
      executionId: read("execution_id"),
      session: read("session"),
      phase: read("phase"),
      documentType: read("document_type"),
      provider: read("provider"),
      model: read("model"),
      inputTokens: read("input_tokens"),
      cacheReadTokens: read("cache_read_tokens"),
      cacheWrite5mTokens: read("cache_write_5m_tokens"),
      cacheWrite1hTokens: read("cache_write_1h_tokens"),
      outputTokens: read("output_tokens"),
      costUsd: read("cost_usd"),
      isNew: sql<boolean>`read.is_new`,
      isDifferent: sql<boolean>`read.is_different`,
      size: sql`read.size`.mapWith(Number),
      place: { startedAt: sql<string>`read.started_at::text`, id: sql<string>`read.id` },
    })
    .from(sql`(${comparedRows(log, span, after, limit)}) as read`)
    .where(sql`read.is_different or read.position = read.size`)
    .orderBy(sql`read.position`);
  const last = rows.at(-1);
  return {
    different: rows.filter(({ isDifferent }) => isDifferent),
    newCount: rows.filter(({ isNew }) => isNew).length,
    size: last?.size ?? 0,
    last: last?.place,
  };
}

/**
 * Rows in their order, each with its place among them and whether its call has to be copied. Looking up one call per
 * row keeps the plan from reading all calls, whatever the statistics say.
 */
function comparedRows(log: LlmLog, span: Span, after: Place | undefined, limit: number): SQL {
  const isAfter =
    after &&
    sql`and (${column(log, "started_at")}, ${idOf(log)}) > (${after.startedAt}::timestamptz, ${after.id})`;
  return sql`
    select
      chunk.*,
      copied.source is null as is_new,
      copied.source is null
        or copied.source = ${literal<CallSource>("llm_log")} and copied.source_fingerprint is distinct from chunk.fingerprint
        as is_different,
      row_number() over (order by chunk.started_at, chunk.id) as position,
      count(*) over () as size
    from (
      select
        ${sourceKey(log)} as source_key, ${fingerprint(log)}::text as fingerprint,
        ${column(log, "started_at")} as started_at, ${idOf(log)} as id, ${texts(log)}
      from ${tableOf(log)}
      where ${startedWithin(log, span)} ${isAfter}
      order by ${column(log, "started_at")}, ${idOf(log)}
      limit ${limit}
    ) as chunk
    left join lateral (
      select source, source_fingerprint from llm_calls where source_key = chunk.source_key limit 1
    ) as copied on true`;
}

const tableOf = ({ schema, table }: LlmLog): SQL =>
  sql`${sql.identifier(schema)}.${sql.identifier(table)} as logged`;

function column({ columns }: LlmLog, field: LogField): SQL {
  const name = columns[field];
  return name === undefined ? sql`null` : sql`logged.${sql.identifier(name)}`;
}

/** Any type of id can be compared and kept as text. */
const idOf = (log: LlmLog): SQL => sql`${column(log, "id")}::text collate "C"`;

/** A UUID names the same call to whoever else reports it; any other id says nothing outside of its log. */
const sourceKey = (log: LlmLog): SQL =>
  sql`case when pg_typeof(${column(log, "id")}) = 'uuid'::regtype then '' else 'llm_log:' end || left(${column(log, "id")}::text, 256)`;

const texts = (log: LlmLog): SQL =>
  sql.join(
    judgedFields.map((field) => sql`${column(log, field)}::text as ${sql.identifier(field)}`),
    sql`, `,
  );

const judgedFields = [
  "execution_id",
  "session",
  "phase",
  "document_type",
  "provider",
  "model",
  "input_tokens",
  "cache_read_tokens",
  "cache_write_5m_tokens",
  "cache_write_1h_tokens",
  "output_tokens",
  "cost_usd",
] as const satisfies readonly LogField[];

/** Changes with anything that is read of a row. */
function fingerprint(log: LlmLog): SQL {
  const told = (["started_at", ...judgedFields] as const).filter((field) => log.columns[field] !== undefined);
  const values = told.map((field) => column(log, field));
  return sql`hash_record_extended(row(${sql.join([idOf(log), ...values], sql`, `)}), 0)`;
}

function startedWithin(log: LlmLog, { from, before }: Span): SQL {
  const startedAt = column(log, "started_at");
  return sql`${startedAt} >= ${from.toISOString()} and ${startedAt} < ${before.toISOString()} and ${column(log, "id")} is not null`;
}
