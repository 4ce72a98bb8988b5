import { beforeEach, expect, test } from "vitest";
import { costSummary, dashboard, executions, scoreboard } from "../client/documents.js";
import type { Interval, Window } from "../client/gql/graphql.js";
import { after, day, hour, minute, noon } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { inSnakeCase, restExecutionOf } from "../support/spelling.js";

const server = await startTestServer();

beforeEach(async () => {
  const run = (ws_id: string, daysAgo: number) =>
    given(server).execution({ ws_id, started_at: after(noon, -daysAgo * day) });
  const completed = await run("WS-1", 0.5)
    .phase("verify", { result: "fail" })
    .phase("implement")
    .completed({ llm_cost_usd: 0.7, test_metrics: { written: 3 } });
  await completed.withBugFix({ autonomous: true });
  await completed.withLlmCall({ phase: "VERIFY", documentType: "code", costUsd: 0.000001 });
  await completed.withLlmCall({ startedAt: after(completed.started_at, minute) });
  await run("WS-2", 3).failed({ llm_cost_usd: 2.5 });
  await run("WS-3", 20).hardStopped();
  await run("WS-3", 60).blocked({ llm_cost_usd: 0.25 });
  await run("WS-3", 400).completed({ seconds: 7 });
  server.clock.advance(hour);
});

/** Names that REST has of its own. */
const dashboardNames = {
  completed_count: "total_ws_completed",
  tests_written: "total_tests_written",
  autonomous_bug_fix_count: "total_bugs_fixed_autonomously",
  llm_cost_usd: "total_llm_cost_usd",
  average_rework_cycles: "rework_cycle_average",
  cost_per_ws_usd: "cost_per_ws",
  trend: "cost_per_ws_trend",
};
const scoreboardNames = {
  first_pass_verify_rate: "first_pass_rate",
  llm_cost_usd: "total_llm_cost_usd",
  cost_per_completed_ws_usd: "cost_per_completed_ws",
};
const costNames = { total_usd: "total_llm_cost_usd" };

function named(fields: object, names: Readonly<Record<string, string>>): Record<string, unknown> {
  const entries = Object.entries(inSnakeCase(fields));
  return Object.fromEntries(entries.map(([name, value]) => [names[name] ?? name, value]));
}

const ranges = [
  {},
  { from: after(noon, -90 * day), to: after(noon, day) },
  { from: after(noon, -3 * day) },
  { from: after(noon, -2 * day), to: after(noon, -day) },
] as const;
const zones = [undefined, "America/New_York"] as const;
const intervals = [undefined, "DAY", "WEEK", "MONTH"] as const satisfies (Interval | undefined)[];
const periods = ranges.flatMap((range) => zones.map((timeZone) => ({ ...range, timeZone })));

function queryOf(parameters: Readonly<Record<string, string | undefined>>): string {
  const named = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    named.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

test("the dashboard has the same figures through both doors", async () => {
  for (const { timeZone, ...range } of periods) {
    for (const interval of intervals) {
      const query = queryOf({ ...range, time_zone: timeZone, interval: interval?.toLowerCase() });

      const byRest = await server.get(`/dashboard?${query}`);
      const byGraphql = await server.graphql(dashboard, { ...range, timeZone, interval });

      const { trend, ...figures } = byGraphql.body.data.dashboard;
      const buckets = trend.map((bucket) => named(bucket, { cost_per_ws_usd: "cost_per_ws" }));
      expect({ ...named(figures, dashboardNames), cost_per_ws_trend: buckets }).toEqual(byRest.body);
    }
  }
});

test("the cost summary has the same figures through both doors", async () => {
  for (const { timeZone, ...range } of periods) {
    const byRest = await server.get(`/cost-summary?${queryOf({ ...range, time_zone: timeZone })}`);
    const byGraphql = await server.graphql(costSummary, { ...range, timeZone });

    expect(named(byGraphql.body.data.costSummary, costNames)).toEqual(byRest.body);
  }
});

test.each([undefined, "24h", "7d", "30d", "90d", "all"])(
  "the scoreboard has the same figures through both doors in the window %s",
  async (window) => {
    const word = window && (window === "all" ? "ALL" : `LAST_${window.toUpperCase()}`);

    const byRest = await server.get(`/scoreboard?${queryOf({ window })}`);
    const byGraphql = await server.graphql(scoreboard, { window: word as Window | undefined });

    const { p95DurationSeconds, completedRuns, ...figures } = byGraphql.body.data.scoreboard;
    expect(completedRuns).toBe(byGraphql.body.data.scoreboard.runsByStatus[1]?.count);
    expect({
      ...named(figures, scoreboardNames),
      window: window ?? "7d",
      p95_duration_seconds: p95DurationSeconds,
    }).toEqual(byRest.body);
  },
);

test("the list has the same executions through both doors, field by field", async () => {
  const byRest = await server.get("/ws-executions");
  const byGraphql = await server.graphql(executions, {});

  const { nodes, totalCount } = byGraphql.body.data.executions;
  expect(nodes).toHaveLength(5);
  expect({
    executions: nodes.map(restExecutionOf),
    next_cursor: null,
    total_count: totalCount,
  }).toEqual(byRest.body);
});
