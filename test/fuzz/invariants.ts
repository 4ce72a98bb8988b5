import { expect } from "vitest";
import { executionOrderFields, intervals, orderDirections } from "../../src/vocabulary.js";
import * as documents from "../client/documents.js";
import type { CostRowFieldsFragment } from "../client/gql/graphql.js";
import type { TestServer } from "../support/server.js";
import { restExecutionOf } from "../support/spelling.js";
import { microsOf, sumOf } from "../support/usd.js";
import { type StoredPhase, shownBy } from "./phases.model.js";

type Row = Readonly<Record<string, unknown>>;

/** Queries for rows that break a promise of the product; none finds anything. */
const violations: Readonly<Record<string, string>> = {
  "a duration is the whole seconds between the times": `
    select id, started_at, completed_at, duration_seconds from ws_executions
    where duration_seconds is distinct from floor(extract(epoch from completed_at - started_at))::integer`,
  "a run has ended exactly when its status says so": `
    select id, status, completed_at from ws_executions
    where (status in ('COMPLETED', 'FAILED', 'HARD_STOP')) <> (completed_at is not null) or completed_at < started_at`,
  "rework is the larger of what was reported and what the phases show": `
    select id, rework_cycles from ws_executions
    where rework_cycles <> greatest(coalesce(reported_rework_cycles, 0), derived_rework_cycles)`,
  "test metrics are what was reported, else what the phases show": `
    select id, test_metrics from ws_executions, lateral jsonb_object_keys(test_metrics) as name
    where test_metrics -> name <> coalesce(reported_test_metrics -> name, derived_test_metrics -> name)
      or not test_metrics ?& array['written', 'passing', 'failing', 'skipped']`,
  "file metrics are complete": `
    select id, file_metrics from ws_executions, lateral (values ('created'), ('modified'), ('deleted')) as names (name)
    where jsonb_typeof(file_metrics -> name) is distinct from 'array'`,
  "counts are not negative": `
    select id from ws_executions where least(rework_cycles, llm_calls, llm_tokens_in, llm_tokens_out, llm_cost_usd,
      logged_call_count, logged_unpriced_call_count, tests_written, duration_seconds, cost_usd) < 0
    union all
    select ws_execution_id from ws_phases where least(tests_written, tests_passing, tests_failing, files_modified,
      duration_seconds) < 0`,
  "sequences begin at 1, and the server gives none twice": `
    select ws_execution_id, sequence from ws_phases where sequence < 1
    union all
    select ws_execution_id, sequence from ws_phases where reported_sequence is null
    group by ws_execution_id, sequence having count(*) > 1`,
  "times lie between the year 2000 and a day from now": `
    select id::text, started_at from ws_executions where started_at < '2000-01-01Z' or completed_at < '2000-01-01Z'
      or greatest(started_at, completed_at) > $1::timestamptz + interval '24 hours'
    union all
    select event_id, started_at from ws_phases where started_at < '2000-01-01Z'
      or greatest(started_at, completed_at) > $1::timestamptz + interval '24 hours'
    union all
    select source_key, started_at from llm_calls where started_at < '2000-01-01Z'
      or started_at > $1::timestamptz + interval '24 hours'`,
  "what a run was logged to cost is the sum of its calls": `
    select runs.id, logged_call_count, calls, logged_unpriced_call_count, unpriced, logged_cost_usd, cost
    from ws_executions as runs
    left join lateral (select count(*) as calls, count(*) - count(cost_usd) as unpriced, sum(cost_usd) as cost
      from llm_calls where ws_execution_id = runs.id) as logged on true
    where logged_call_count <> calls or logged_unpriced_call_count <> unpriced or logged_cost_usd is distinct from cost`,
  "a call belongs to the run it claims as soon as there is one": `
    select source_key from llm_calls join ws_executions as runs on runs.id = claimed_execution_id
    where ws_execution_id is distinct from claimed_execution_id`,
  "the cost of a run is what was logged, else reported, else estimated": `
    select id, cost_usd from ws_executions
    where cost_usd is distinct from coalesce(logged_cost_usd, llm_cost_usd, estimated_cost_usd)`,
};

/** All of them at once, with what each finds as JSON. */
const allViolations = Object.entries(violations)
  .map(([promise, query]) => `select '${promise}' as promise, to_jsonb(v)::text as row from (${query}) as v`)
  .join(" union all ");

/** Queries of what must hold no text that was damaged on its way: U+FFFD, which no request sends. */
const texts = ["ws_executions", "ws_phases", "ws_bug_fixes", "llm_calls", "ws_execution_sessions"].map(
  (table) => `select '${table}' as name, to_jsonb(t)::text as row from ${table} as t`,
);

/** What the rows themselves show; cheap. */
export async function expectSoundRows({ sql, clock }: TestServer): Promise<void> {
  expect(await sql(allViolations, [clock.now()])).toEqual([]);
  for (const { name, row } of await sql<{ name: string; row: string }>(texts.join(" union all "))) {
    expect(row.isWellFormed() && !row.includes("\ufffd"), `${name} ${row}`).toBe(true);
  }
  await expectSoundDocuments(sql);
}

/** The document of a run equals its phase rows, and so do the metrics that they show. */
async function expectSoundDocuments(sql: TestServer["sql"]): Promise<void> {
  const phases = await sql<StoredPhase & Row>("select * from ws_phases");
  const runs = await sql(
    "select id, phase_metrics, derived_test_metrics, derived_rework_cycles from ws_executions",
  );
  for (const { id, ...shown } of runs) {
    expect(shown, `the phases of ${id}`).toEqual(
      shownBy(phases.filter((phase) => phase.ws_execution_id === id)),
    );
  }
}

/** What readers are shown adds up, whoever asks and however. */
export async function expectSoundReads(server: TestServer): Promise<void> {
  const ids = (await server.sql<{ id: string }>("select id from ws_executions order by id")).map(
    ({ id }) => id,
  );
  for (const id of ids) await expectSoundRun(server, id);
  for (const field of executionOrderFields) {
    for (const direction of orderDirections) await expectWholeList(server, ids, field, direction);
  }
  await expectSoundReports(server, ids.length);
}

const answered = <Data>({
  body,
}: {
  readonly body: { readonly data: Data; readonly errors?: unknown };
}): Data => {
  expect(body.errors).toBeUndefined();
  return body.data;
};

const micros = (usd: number | null | undefined) => microsOf(usd ?? 0);

function expectToSum(
  total: number | null | undefined,
  rows: readonly CostRowFieldsFragment[],
  what: string,
): void {
  expect(sumOf(rows.map(({ costUsd }) => microsOf(costUsd))), what).toBe(micros(total));
}

/** Both surfaces show the same run, its phases and the rest make up its cost, and so does each breakdown. */
async function expectSoundRun(server: TestServer, id: string): Promise<void> {
  const { execution } = answered(await server.graphql(documents.execution, { id }));
  if (!execution) throw new Error(`the stored run ${id} cannot be read`);
  const rest = await server.get(`/ws-executions/${id}`);
  expect(rest.body).toEqual(restExecutionOf(execution));
  const { totalUsd, unattributedToPhaseUsd } = execution.cost;
  const ofPhases = sumOf(execution.phases.map(({ costUsd }) => micros(costUsd)));
  expect(ofPhases + micros(unattributedToPhaseUsd), `the cost of ${id}`).toBe(micros(totalUsd));
  const cost = answered(await server.graphql(documents.costBreakdowns, { id })).execution?.cost;
  if (!cost) throw new Error(`the stored run ${id} has no cost`);
  const { byDocumentType, byModel, byPhase, bySource } = cost;
  for (const [name, rows] of Object.entries({ byDocumentType, byModel, byPhase, bySource })) {
    expectToSum(totalUsd, rows, `${name} of ${id}`);
  }
}

/** Pages neither skip a run nor repeat one. */
async function expectWholeList(
  server: TestServer,
  ids: readonly string[],
  field: (typeof executionOrderFields)[number],
  direction: (typeof orderDirections)[number],
): Promise<void> {
  const listed: string[] = [];
  for (let cursor: unknown = null; listed.length <= ids.length; ) {
    const after = cursor === null ? "" : `&cursor=${encodeURIComponent(String(cursor))}`;
    const { status, body } = await server.get(
      `/ws-executions?order_by=${field}&direction=${direction}&limit=${Math.max(3, ids.length >> 2)}${after}`,
    );
    expect([status, body.total_count]).toEqual([200, ids.length]);
    listed.push(...(body.executions as { id: string }[]).map(({ id }) => id));
    cursor = body.next_cursor;
    if (cursor === null) break;
  }
  expect(listed.toSorted(), `${field} ${direction}`).toEqual(ids);
}

async function expectSoundReports(server: TestServer, runCount: number): Promise<void> {
  const { scoreboard } = answered(await server.graphql(documents.scoreboard, { window: "ALL" }));
  const byStatus = scoreboard.runsByStatus.reduce((sum, { count }) => sum + count, 0);
  expect(byStatus).toBe(scoreboard.totalRuns);
  expect(scoreboard.totalRuns).toBeLessThanOrEqual(runCount); // some start tomorrow
  const [from, to] = ["2000-01-01T00:00:00Z", "2026-03-01T00:00:00Z"];
  for (const timeZone of ["UTC", "America/St_Johns", "Pacific/Apia"]) {
    const summary = answered(await server.graphql(documents.costSummary, { timeZone })).costSummary;
    const { byDocumentType, byWs, byDate, byModel, byPhase, bySource } = summary;
    const breakdowns = { byDocumentType, byWs, byDate, byModel, byPhase, bySource };
    for (const [name, rows] of Object.entries(breakdowns)) expectToSum(summary.totalUsd, rows, name);
    for (const interval of intervals.filter((each) => each !== "day")) {
      await expectSoundTrend(server, { from, to, timeZone, interval });
    }
    await expectSoundTrend(server, { from: "2026-01-31T12:34:56Z", to, timeZone, interval: "day" });
  }
}

interface TrendQuestion {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly interval: (typeof intervals)[number];
}

/** The buckets of a dashboard lie end to end and add up to the whole. */
async function expectSoundTrend(server: TestServer, question: TrendQuestion): Promise<void> {
  const interval = question.interval.toUpperCase() as Uppercase<typeof question.interval>; // as GraphQL spells it
  const { dashboard } = answered(await server.graphql(documents.dashboard, { ...question, interval }));
  const { trend } = dashboard;
  expect([trend[0]?.start, ...trend.map(({ end }) => end)]).toEqual([
    ...trend.map(({ start }) => start),
    dashboard.to,
  ]);
  expect(trend[0]?.start).toBe(dashboard.from);
  expect(trend.reduce((sum, { completedCount }) => sum + completedCount, 0)).toBe(dashboard.completedCount);
  expect(sumOf(trend.map(({ llmCostUsd }) => microsOf(llmCostUsd)))).toBe(microsOf(dashboard.llmCostUsd));
}
