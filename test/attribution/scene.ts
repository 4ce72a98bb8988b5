import { after, day, minute, noon } from "../support/clock.js";
import { given } from "../support/given.js";
import type { TestServer } from "../support/server.js";

export const session = "session-1";
export const first = "00000000-0000-4000-8000-000000000001";
export const second = "00000000-0000-4000-8000-000000000002";
export const third = "00000000-0000-4000-8000-000000000003";

/** An instant of yesterday, counted from noon. */
export const at = (minutes: number, milliseconds = 0): string =>
  after(noon, minutes * minute + milliseconds - day);

/** A call of the session that costs one dollar. */
export const callAt = (startedAt: string, sourceKey = startedAt) => ({
  ...{ sourceKey, startedAt, executorSessionId: session, model: "a-model", costUsd: 1 },
});

/** What a run without calls shows of them. */
export const noCalls = {
  ...{ call_count: 0, unpriced_call_count: 0, logged_usd: null, total_usd: null, coverage: null },
  source: "NONE",
};

/** A run of the session, to be described. */
export const bound = (server: TestServer, id: string, started_at: string) =>
  given(server).execution({ id, started_at, executor_session_id: session });

export const change = (server: TestServer, id: string, fields: object) =>
  server.post("/ws-execution", { id, ...fields });

/** Sends the start of a run again with another time. */
export const restarted = (server: TestServer, id: string, started_at: string) =>
  change(server, id, { ws_id: "WS-1", executor: "claude_code", started_at });

/** The run that each call was attributed to, by the key of the call. */
export async function runsOfCalls({ sql }: TestServer): Promise<Readonly<Record<string, string | null>>> {
  const rows = await sql<{ source_key: string; ws_execution_id: string | null }>(
    "select source_key, ws_execution_id from llm_calls",
  );
  return Object.fromEntries(rows.map(({ source_key, ws_execution_id }) => [source_key, ws_execution_id]));
}

/** What a run shows of its calls. */
export async function shownCalls(server: TestServer, id: string) {
  const { body } = await server.get<{ cost: Record<string, unknown> }>(`/ws-executions/${id}`);
  const { call_count, unpriced_call_count, logged_usd, total_usd, coverage, source } = body.cost;
  return { call_count, unpriced_call_count, logged_usd, total_usd, coverage, source };
}

export async function unattributedUsd(server: TestServer): Promise<unknown> {
  const { body } = await server.get("/cost-summary");
  return body.unattributed_usd;
}
