import { randomUUID } from "node:crypto";
import type postgres from "postgres";

/** One LLM call as both contestants are told of it. */
interface Call {
  readonly requestId: string;
  readonly startedAt: Date;
  readonly model: string;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
}

/** The calls of one export of one executor's session, all of one run. */
export interface Batch {
  readonly runId: string;
  readonly session: string;
  readonly calls: readonly Call[];
}

/** Made-up calls of a run, a second apart and up to now; no two batches have one in common. */
export function batchOf(runId: string, count: number): Batch {
  const nowMs = Date.now();
  const calls = Array.from({ length: count }, (_, index) => ({
    requestId: `req_${randomUUID()}`,
    startedAt: new Date(nowMs - (count - index) * 1_000),
    model: "claude-sonnet-4-5",
    inputTokens: 100 + index,
    cacheReadTokens: 30_000,
    outputTokens: 400 + index,
    costUsd: 0.0187,
  }));
  return { runId, session: randomUUID(), calls };
}

/** The batch as Claude Code exports it over OTLP. */
export function exportOf({ runId, session, calls }: Batch) {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const integer = (key: string, intValue: number) => ({ key, value: { intValue } });
  const logRecords = calls.map((call) => ({
    timeUnixNano: `${call.startedAt.getTime()}000000`,
    body: { stringValue: "claude_code.api_request" },
    attributes: [
      ...[text("event.name", "api_request"), text("session.id", session), text("request_id", call.requestId)],
      ...[text("model", call.model), { key: "cost_usd", value: { doubleValue: call.costUsd } }],
      ...[integer("input_tokens", call.inputTokens), integer("output_tokens", call.outputTokens)],
      ...[integer("cache_read_tokens", call.cacheReadTokens), integer("cache_creation_tokens", 0)],
    ],
  }));
  const attributes = [text("service.name", "claude-code"), text("ws_execution_id", runId)];
  const scope = { name: "com.anthropic.claude_code.events" };
  return { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ scope, logRecords }] }] };
}

/** Stores the batch as somebody who knows what it is, and believes it. */
export function insertByHand(sql: postgres.Sql, { runId, session, calls }: Batch) {
  const column = <Value>(of: (call: Call) => Value) => calls.map(of);
  return sql`
    insert into llm_calls (source_key, source, claimed_execution_id, ws_execution_id, executor_session_id, provider,
      model, started_at, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens,
      reported_cost_usd)
    select source_key, 'otlp', ${runId}::uuid, ${runId}::uuid, ${session}, 'anthropic', model, started_at, input_tokens,
      cache_read_tokens, 0, 0, output_tokens, cost_usd
    from unnest(${column(({ requestId }) => `by-hand:${requestId}`)}::varchar[], ${column(({ model }) => model)}::varchar[],
      ${column(({ startedAt }) => startedAt.toISOString())}::timestamptz[], ${column(({ inputTokens }) => inputTokens)}::integer[],
      ${column(({ cacheReadTokens }) => cacheReadTokens)}::integer[], ${column(({ outputTokens }) => outputTokens)}::integer[],
      ${column(({ costUsd }) => costUsd)}::numeric[])
      as sent (source_key, model, started_at, input_tokens, cache_read_tokens, output_tokens, cost_usd)`;
}
