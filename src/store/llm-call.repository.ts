import { type AnyColumn, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { LoggedLlmCall, PricedLlmCall } from "../domain/llm-call.js";
import type { Stored } from "../domain/repetition.js";
import type { CallSource } from "../vocabulary.js";
import { isAmong } from "./among.sql.js";
import type { Database } from "./database.js";
import { llmCalls } from "./llm-call.table.js";
import { executionOfSession } from "./session-of-call.sql.js";

type SentCall = PricedLlmCall & Partial<Pick<LoggedLlmCall, "sourceFingerprint">>;

/** A call as it was reported, null where nothing was said. */
type StoredCall = Stored<SentCall> & Pick<SentCall, "sourceKey">;

/**
 * Inserts calls and attributes them: to the execution they claim, as soon as it exists, else to the one their session
 * was bound to. Answers the source keys that were new.
 */
export async function insert(
  db: Database,
  source: CallSource,
  calls: readonly SentCall[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (calls.length === 0) return new Set();
  const inserted = await db
    .insert(llmCalls)
    .select(sql`${attributed(source, calls, now)} order by sent.source_key`)
    .onConflictDoNothing({ target: llmCalls.sourceKey })
    .returning({ sourceKey: llmCalls.sourceKey })
    .prepare("call_insert")
    .execute();
  return new Set(inserted.map(({ sourceKey }) => sourceKey));
}

/** What the price of a call depends on. */
const pricedBy = [
  ...[llmCalls.provider, llmCalls.model, llmCalls.startedAt, llmCalls.inputTokens, llmCalls.outputTokens],
  ...[llmCalls.cacheReadTokens, llmCalls.cacheWrite5mTokens, llmCalls.cacheWrite1hTokens],
];

const sent = ({ name }: AnyColumn) => sql`sent.${sql.identifier(name)}`;
const row = (values: readonly (AnyColumn | SQL)[]) =>
  sql`(${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )})`;

/** A price moves with what it depends on, not with the prices of today: those are asked for by repricing. */
const repriced = (column: AnyColumn) =>
  sql`case when ${row(pricedBy)} is distinct from ${row(pricedBy.map(sent))} then ${sent(column)} else ${column} end`;

/** Replaces calls by what their source says now; answers the executions they belonged to, and belong to. */
export async function replace(
  db: Database,
  source: CallSource,
  calls: readonly SentCall[],
  now: Date,
): Promise<readonly string[]> {
  if (calls.length === 0) return [];
  const { sourceKey, source: _, createdAt, costUsd, ...replaced } = getTableColumns(llmCalls);
  const rows = await db
    .update(llmCalls)
    .set({
      ...Object.fromEntries(Object.entries(replaced).map(([name, column]) => [name, sent(column)])),
      computedCostUsd: repriced(llmCalls.computedCostUsd),
      priceVersion: repriced(llmCalls.priceVersion),
    })
    .from(
      sql`(${attributed(source, calls, now)}) as sent join lateral (
        select ws_execution_id from llm_calls as before where before.source_key = sent.source_key
      ) as before on true`,
    )
    .where(sql`${eq(llmCalls.sourceKey, sql`sent.source_key`)} and ${eq(llmCalls.source, source)}`)
    .returning({ was: sql<string | null>`before.ws_execution_id`, is: llmCalls.wsExecutionId });
  return [...new Set(rows.flatMap(({ was, is }) => [was ?? [], is ?? []].flat()))];
}

/** The stored calls as they were reported. */
export async function bySourceKeys(db: Database, keys: readonly string[]): Promise<readonly StoredCall[]> {
  if (keys.length === 0) return [];
  const rows = await db.select().from(llmCalls).where(isAmong(llmCalls.sourceKey, keys));
  return rows.map(toReport);
}

/** The calls as rows of the table, attributed; its columns in their order, as an `insert` wants them. */
function attributed(source: CallSource, calls: readonly SentCall[], now: Date): SQL {
  const rows = calls.map((call) => ({
    source_key: call.sourceKey,
    source_fingerprint: call.sourceFingerprint,
    claimed_execution_id: call.executionId,
    executor_session_id: call.executorSessionId,
    phase_name: call.phase,
    document_type: call.documentType,
    provider: call.provider,
    model: call.model,
    started_at: call.startedAt,
    input_tokens: call.inputTokens,
    cache_read_tokens: call.cacheReadTokens,
    cache_write_5m_tokens: call.cacheWrite5mTokens,
    cache_write_1h_tokens: call.cacheWrite1hTokens,
    output_tokens: call.outputTokens,
    reported_cost_usd: call.costUsd,
    computed_cost_usd: call.computedCostUsd,
    price_version: call.priceVersion,
  }));
  return sql`
    select
      sent.source_key, ${source}::varchar as source, sent.source_fingerprint, sent.claimed_execution_id,
      coalesce(claimed.id, bound.id) as ws_execution_id,
      sent.executor_session_id, sent.phase_name, sent.document_type, sent.provider, sent.model, sent.started_at,
      sent.input_tokens, sent.cache_read_tokens, sent.cache_write_5m_tokens, sent.cache_write_1h_tokens,
      sent.output_tokens, sent.reported_cost_usd, sent.computed_cost_usd, sent.price_version,
      ${now.toISOString()}::timestamptz as created_at
    from json_to_recordset(${JSON.stringify(rows)}::json) as sent (
      source_key varchar, source_fingerprint varchar, claimed_execution_id uuid, executor_session_id varchar,
      phase_name varchar, document_type varchar, provider varchar, model varchar, started_at timestamptz,
      input_tokens integer, cache_read_tokens integer, cache_write_5m_tokens integer, cache_write_1h_tokens integer,
      output_tokens integer, reported_cost_usd numeric, computed_cost_usd numeric, price_version varchar)
    left join ws_executions as claimed on claimed.id = sent.claimed_execution_id
    ${executionOfSession("sent")}`;
}

function toReport(row: typeof llmCalls.$inferSelect): StoredCall {
  const { claimedExecutionId, phaseName, reportedCostUsd, ...call } = row;
  return { ...call, executionId: claimedExecutionId, phase: phaseName, costUsd: reportedCostUsd };
}
