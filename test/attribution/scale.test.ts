import { expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { at, bound, callAt, change, first, runsOfCalls, session, shownCalls } from "./scene.js";

const server = await startTestServer();
const runs = 1_000;
const callsOfEach = 10;

/** Runs of one session that follow each other by a minute, each with its calls; as if they had been told one by one. */
async function givenLongSession(): Promise<void> {
  const start = at(-runs);
  await server.sql(
    `insert into ws_executions (id, ws_id, executor, started_at, logged_call_count, logged_cost_usd)
    select gen_random_uuid(), 'WS-1', 'claude_code', $1::timestamptz + place * interval '1 minute', $2::int, $2::int
    from generate_series(0, $3::int - 1) as place`,
    [start, callsOfEach, runs],
  );
  await server.sql(
    "insert into ws_execution_sessions (ws_execution_id, executor_session_id) select id, $1 from ws_executions",
    [session],
  );
  await server.sql(
    `insert into llm_calls
      (source_key, source, ws_execution_id, executor_session_id, model, started_at, reported_cost_usd)
    select runs.id || ' ' || place, 'otlp', runs.id, $1, 'a-model', runs.started_at + place * interval '1 second', 1
    from ws_executions as runs, generate_series(0, $2::int - 1) as place`,
    [session, callsOfEach],
  );
  await server.sql("analyze ws_executions, ws_execution_sessions, llm_calls");
}

test("a session that had a thousand runs and ten thousand calls is in nobody's way", async () => {
  await givenLongSession();
  const begun = performance.now();

  await bound(server, first, at(-runs / 2, 5_000)).inProgress();
  await given(server).calls({ ...callAt(at(-runs / 2, 5_500), "new") });
  await change(server, first, { status: "COMPLETED", completed_at: at(-runs / 2, 6_000) });
  const seconds = (performance.now() - begun) / 1000;

  expect(await runsOfCalls(server)).toMatchObject({ new: first });
  expect(await shownCalls(server, first)).toMatchObject({ call_count: callsOfEach / 2 + 1 });
  expect(await server.sql("select count(*) as count from ws_executions where logged_call_count = 5")).toEqual(
    [{ count: 1 }],
  );
  expect(seconds).toBeLessThan(3);
});
