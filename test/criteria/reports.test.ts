import { expect, test } from "vitest";
import { after, day, hour, minute, noon } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";

const server = await startTestServer();

test("criterion 6: the wp_id filter returns only matching records", async () => {
  const older = await given(server)
    .execution({ wp_id: "WP-A", started_at: after(noon, -3 * hour) })
    .inProgress();
  const newer = await given(server)
    .execution({ wp_id: "WP-A", started_at: after(noon, -2 * hour) })
    .completed();
  await given(server).execution({ wp_id: "WP-B" }).completed();
  await given(server).execution({ wp_id: "WP-AA" }).completed();

  const byRest = await server.get("/ws-executions?wp_id=WP-A");
  const byGraphql = await server.graphql(
    '{ executions(filter: { wpId: "WP-A" }) { totalCount nodes { id wpId } } }',
  );
  const none = await server.get("/ws-executions?wp_id=wp-a");

  expect(byRest.status).toBe(200);
  expect(byRest.body).toMatchObject({
    executions: [
      { id: newer.id, wp_id: "WP-A" },
      { id: older.id, wp_id: "WP-A" },
    ],
    next_cursor: null,
    total_count: 2,
  });
  expect(byGraphql.body).toEqual({
    data: {
      executions: {
        totalCount: 2,
        nodes: [
          { id: newer.id, wpId: "WP-A" },
          { id: older.id, wpId: "WP-A" },
        ],
      },
    },
  });
  expect(none.body).toEqual({ executions: [], next_cursor: null, total_count: 0 });
});

test("criterion 7: the dashboard's sums and averages are right across several executions", async () => {
  const run = (wsId: string, started_at: string) => given(server).execution({ ws_id: wsId, started_at });
  const first = await run("WS-1", "2026-02-20T08:00:00.000Z").completed({
    seconds: 600,
    test_metrics: { written: 4 },
    rework_cycles: 1,
    llm_cost_usd: 0.5,
  });
  await run("WS-1", "2026-02-20T23:59:59.999Z").completed({ seconds: 1201, llm_cost_usd: 0.25 });
  await run("WS-2", "2026-02-22T10:00:00.000Z")
    .phase("failing_tests", { tests_written: 3 })
    .failed({ seconds: 9999, rework_cycles: 7, llm_cost_usd: 0.125 });
  await run("WS-3", "2026-02-22T11:00:00.000Z").inProgress({ test_metrics: { written: 5 } });
  await run("WS-4", "2026-02-19T23:59:59.999Z").completed({ seconds: 1, llm_cost_usd: 100 });
  await run("WS-5", "2026-02-23T00:00:00.000Z").completed({ seconds: 1, llm_cost_usd: 100 });
  server.clock.set("2026-02-21T00:00:00.000Z");
  await first.withBugFix({ autonomous: true });
  await first.withBugFix({ autonomous: true });
  await first.withBugFix({ autonomous: false });
  server.clock.set(noon);

  const { status, body } = await server.get("/dashboard?from=2026-02-20T00:00:00Z&to=2026-02-23T00:00:00Z");

  expect(status).toBe(200);
  expect(body).toEqual({
    from: "2026-02-20T00:00:00.000Z",
    to: "2026-02-23T00:00:00.000Z",
    as_of: noon,
    total_ws_completed: 2,
    average_duration_seconds: 900.5,
    total_tests_written: 12,
    total_bugs_fixed_autonomously: 2,
    total_llm_cost_usd: 0.875,
    rework_cycle_average: 0.5,
    cost_per_ws: 0.4375,
    cost_per_ws_trend: [
      {
        start: "2026-02-20T00:00:00.000Z",
        end: "2026-02-21T00:00:00.000Z",
        completed_count: 2,
        llm_cost_usd: 0.75,
        cost_per_ws: 0.375,
      },
      {
        start: "2026-02-21T00:00:00.000Z",
        end: "2026-02-22T00:00:00.000Z",
        completed_count: 0,
        llm_cost_usd: 0,
        cost_per_ws: null,
      },
      {
        start: "2026-02-22T00:00:00.000Z",
        end: "2026-02-23T00:00:00.000Z",
        completed_count: 0,
        llm_cost_usd: 0.125,
        cost_per_ws: null,
      },
    ],
  });
});

test("criterion 13: the scoreboard shows runs, success rate, average and p95 duration, first-pass rate, cost and bug fixes", async () => {
  const run = () => given(server).execution();
  const first = await run().completed({ seconds: 100, llm_cost_usd: 0.100001 });
  await run().completed({ seconds: 200, llm_cost_usd: 0.200002 });
  await run().completed({ seconds: 300, llm_cost_usd: 0.300003 });
  await run().completed({ seconds: 400, rework_cycles: 2 });
  await run()
    .phase("implement")
    .phase("verify", { result: "fail" })
    .phase("implement")
    .phase("verify")
    .completed({ seconds: 1000, llm_cost_usd: 0.399994 });
  await run().failed({ llm_cost_usd: 0.25 });
  await run().failed();
  await run().hardStopped();
  await run().blocked();
  await run().inProgress();
  await first.withBugFix({ autonomous: true });
  await first.withBugFix({ autonomous: true });
  await first.withBugFix({ autonomous: false });
  server.clock.advance(minute);

  const { status, body } = await server.get("/scoreboard?window=24h");

  expect(status).toBe(200);
  expect(body).toEqual({
    window: "24h",
    from: "2026-02-22T12:01:00.000Z",
    to: "2026-02-23T12:01:00.000Z",
    as_of: "2026-02-23T12:01:00.000Z",
    total_runs: 10,
    success_rate: 0.5,
    settled_success_rate: 0.625,
    average_duration_seconds: 400,
    p95_duration_seconds: expect.closeTo(880, 6),
    first_pass_rate: 0.6,
    total_llm_cost_usd: 1.25,
    cost_per_completed_ws: 0.25,
    autonomous_bug_fix_count: 2,
    runs_by_status: [
      { status: "STARTED", count: 1 },
      { status: "COMPLETED", count: 5 },
      { status: "FAILED", count: 2 },
      { status: "HARD_STOP", count: 1 },
      { status: "BLOCKED", count: 1 },
    ],
  });
});

test("criterion 14: the scoreboard with window=7d covers only the last 7 days", async () => {
  const edge = after(noon, -7 * day);
  const run = (started_at: string) => given(server).execution({ started_at });
  await run(after(edge, -1)).completed({ seconds: 1, llm_cost_usd: 100 });
  await run(edge).completed({ seconds: 60, llm_cost_usd: 1 });
  await run(after(noon, -1)).inProgress({ llm_cost_usd: 2 });
  await run(noon).inProgress({ llm_cost_usd: 100 });
  await run(after(noon, hour)).inProgress({ llm_cost_usd: 100 });

  const lastWeek = await server.get("/scoreboard?window=7d");
  const byDefault = await server.get("/scoreboard");
  const ever = await server.get("/scoreboard?window=all");
  const unknown = await server.get("/scoreboard?window=8d");

  expect(lastWeek.body).toMatchObject({
    window: "7d",
    from: edge,
    to: noon,
    total_runs: 2,
    success_rate: 0.5,
    average_duration_seconds: 60,
    total_llm_cost_usd: 3,
  });
  expect(byDefault.body).toEqual(lastWeek.body);
  expect(ever.body).toMatchObject({ window: "all", from: null, to: noon, total_runs: 3 });
  expect(unknown.status).toBe(422);
  expect(unknown.body).toMatchObject({ code: "BAD_USER_INPUT", errors: [{ path: "window" }] });
});
