import { describe, expect, test } from "vitest";
import { metrics } from "../client/documents.js";
import type { MetricsQueryVariables } from "../client/gql/graphql.js";
import { after, hour, minute, noon, second } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";

const server = await startTestServer();

async function ask(question: object) {
  const { body } = await server.graphql(metrics, question as MetricsQueryVariables); // its words are the schema's own
  expect(body.errors).toBeUndefined();
  return body.data.metrics;
}

async function refusal(question: object) {
  const { body } = await server.graphql(metrics, question as MetricsQueryVariables);
  return body.errors?.[0]?.extensions;
}

const run = (fields: object) => given(server).execution(fields);
const cost = { measure: "COST_USD", aggregate: "SUM" };
const count = { measure: "COUNT" };

async function threeWorkStatements() {
  await run({ ws_id: "WS-1" }).completed({ llm_cost_usd: 1 });
  await run({ ws_id: "WS-2" }).completed({ llm_cost_usd: 3 });
  await run({ ws_id: "WS-2" }).failed({ llm_cost_usd: 3 });
  await run({ ws_id: "WS-3" }).inProgress();
}

describe("a filter of runs", () => {
  test.each([
    ["that lets all of them through", {}],
    ["without bug fixes", { hasBugFixes: false }],
    ["that started before", { startedTo: noon }],
  ])("%s leaves out LLM calls that have no run", async (_, execution) => {
    await (await run({}).completed()).withLlmCall();
    await given(server).calls({}, {});
    server.clock.advance(second);
    const calls = { of: "LLM_CALLS", measures: [count] };

    expect(await ask({ ...calls, filter: { execution } })).toMatchObject({ totals: [1] });
    expect(await ask({ ...calls, filter: {} })).toMatchObject({ totals: [3] });
  });
});

describe("rows", () => {
  const byWs = { of: "EXECUTIONS", groupBy: ["WS_ID"], measures: [count, cost] };
  const wsIds = ({ rows }: Awaited<ReturnType<typeof ask>>) => rows.map(({ key }) => key.wsId);

  test("come with the largest of the first measure first, ties in order of their keys", async () => {
    await threeWorkStatements();

    expect(wsIds(await ask(byWs))).toEqual(["WS-2", "WS-1", "WS-3"]);
  });

  test("come in the order that is asked for, by whatever is not shown too, with what is null last", async () => {
    await threeWorkStatements();
    const average = { measure: "COST_USD", aggregate: "AVERAGE" };
    const orderBy = (order: object) => ask({ ...byWs, orderBy: [order] });

    expect(wsIds(await orderBy({ ...average, direction: "ASC" }))).toEqual(["WS-1", "WS-2", "WS-3"]);
    expect(wsIds(await orderBy({ ...average, direction: "DESC" }))).toEqual(["WS-2", "WS-1", "WS-3"]);
    expect(wsIds(await orderBy({ dimension: "WS_ID" }))).toEqual(["WS-3", "WS-2", "WS-1"]);
  });

  test("are left out by a limit, which changes neither their number nor the totals", async () => {
    await threeWorkStatements();

    const answer = await ask({ ...byWs, limit: 1 });

    expect(answer.rows.map(({ values }) => values)).toEqual([[2, 6]]);
    expect(answer).toMatchObject({ rowCount: 3, totals: [4, 7] });
  });

  test("are left out by bounds, which do not change the totals", async () => {
    await threeWorkStatements();
    const having = (bounds: object) => ask({ ...byWs, having: [{ ...cost, ...bounds }] });

    expect(wsIds(await having({ atLeast: 1 }))).toEqual(["WS-2", "WS-1"]);
    expect(wsIds(await having({ moreThan: 1 }))).toEqual(["WS-2"]);
    expect(wsIds(await having({ atMost: 1 }))).toEqual(["WS-1", "WS-3"]);
    expect(wsIds(await having({ lessThan: 1 }))).toEqual(["WS-3"]);
    expect(await having({ moreThan: 100 })).toMatchObject({ rows: [], rowCount: 0, totals: [4, 7] });
  });

  test("in which a bounded measure is null are left out", async () => {
    await threeWorkStatements();
    const bound = { measure: "COST_USD", aggregate: "AVERAGE", atLeast: 0 };

    expect(wsIds(await ask({ ...byWs, having: [bound] }))).toEqual(["WS-2", "WS-1"]);
  });

  test("are bounded by what they show, digit by digit", async () => {
    await threeWorkStatements();
    await run({ ws_id: "WS-2" }).failed();
    const rate = { of: "EXECUTIONS", groupBy: ["WS_ID"], measures: [{ measure: "SUCCESS_RATE" }] };
    const third = (await ask({ ...rate, filter: { execution: { wsId: "WS-2" } } })).rows[0]?.values[0];

    const bounded = await ask({
      ...rate,
      having: [{ measure: "SUCCESS_RATE", atLeast: third, atMost: third }],
    });

    expect(third).toBe(1 / 3);
    expect(wsIds(bounded)).toEqual(["WS-2"]);
  });

  test("refuse a bound that is none", async () => {
    expect(await refusal({ ...byWs, having: [count] })).toMatchObject({
      errors: [{ path: "having.0", message: expect.stringContaining("at least one of `atLeast`") }],
    });
  });

  test("without a key are one row, also of nothing", async () => {
    const measures = [count, cost, { measure: "SUCCESS_RATE" }, { measure: "COST_USD", aggregate: "P90" }];

    const answer = await ask({ of: "EXECUTIONS", measures });

    const values = [0, 0, null, null];
    expect(answer).toMatchObject({ rowCount: 1, rows: [{ start: null, end: null, values }], totals: values });
  });

  test("with a key are none of nothing", async () => {
    expect(await ask(byWs)).toMatchObject({ rowCount: 0, rows: [], totals: [0, 0] });
  });

  test("have keys exactly as they were sent, null where a run has none", async () => {
    const hostile = `'; drop table ws_executions; -- "😀%_\\`;
    await run({ ws_id: "WS-1", wp_id: hostile }).inProgress();
    await server.post("/ws-execution", {
      ...{ ws_id: "WS-1", executor: "claude_code" },
      started_at: after(noon, -second),
    });

    const { rows } = await ask({ of: "EXECUTIONS", groupBy: ["WP_ID", "EXECUTOR"], measures: [count] });

    expect(rows.map(({ key }) => [key.wpId, key.executor])).toEqual([
      [hostile, "claude_code"],
      [null, "claude_code"],
    ]);
  });
});

describe("a filter", () => {
  test("lets through what all its parts do", async () => {
    await threeWorkStatements();
    const totalsOf = async (filter: object) =>
      (await ask({ of: "EXECUTIONS", measures: [count], filter })).totals[0];

    expect(await totalsOf({})).toBe(4);
    expect(await totalsOf({ execution: { wsId: "WS-2" } })).toBe(2);
    expect(await totalsOf({ execution: { wsId: "WS-2", status: ["FAILED"] } })).toBe(1);
    expect(await totalsOf({ execution: { costSource: ["EXECUTOR_REPORTED"] } })).toBe(3);
    expect(await totalsOf({ execution: { costSource: [] } })).toBe(0);
    expect(await totalsOf({ model: ["x' or true --"] })).toBe(0);
    expect(await totalsOf({ to: "2001-01-01T00:00:00Z" })).toBe(0);
  });

  test("refuses an empty range", async () => {
    const filter = { from: noon, to: noon };

    expect(await refusal({ of: "PHASES", measures: [count], filter })).toMatchObject({
      code: "BAD_USER_INPUT",
      errors: [{ path: "filter.from", message: expect.stringContaining("must be before") }],
    });
  });
});

describe("buckets of time", () => {
  const byTime = (timeGrain: string, timeZone: string) =>
    ask({ of: "EXECUTIONS", measures: [count], timeGrain, timeZone });

  test("are two hours where clocks go through one twice", async () => {
    server.clock.set("2025-10-27T00:00:00Z");
    for (const started_at of ["2025-10-26T00:59:59.999Z", "2025-10-26T01:00:00Z", "2025-10-26T00:00:00Z"])
      await run({ started_at }).inProgress();

    const { rows } = await byTime("HOUR", "Europe/Berlin");

    expect(rows.map(({ start, end, values }) => [start, end, values[0]])).toEqual([
      ["2025-10-26T00:00:00.000Z", "2025-10-26T01:00:00.000Z", 2],
      ["2025-10-26T01:00:00.000Z", "2025-10-26T02:00:00.000Z", 1],
    ]);
  });

  test.each([
    ["go back by half an hour", "Australia/Lord_Howe", "2026-04-04T15:00:00Z"],
    ["jump by half an hour", "Australia/Lord_Howe", "2025-10-04T15:30:00Z"],
    ["go back by half an hour for good", "Asia/Pyongyang", "2015-08-14T15:00:00Z"],
    ["jump by half an hour in the middle of one", "America/Caracas", "2016-05-01T07:00:00Z"],
    ["jump by an hour", "Europe/Berlin", "2026-03-29T01:00:00Z"],
  ])("are hours that follow each other where clocks %s", async (_, timeZone, shift) => {
    server.clock.set(after(shift, 3 * hour));
    const times = Array.from({ length: 24 }, (_each, index) =>
      new Date(Date.parse(shift) + (index - 12) * 10 * minute).toISOString(),
    );
    for (const started_at of times) await run({ started_at }).inProgress();

    const { rows } = await byTime("HOUR", timeZone);

    for (const { start, end, values } of rows) {
      const within = times.filter(
        (time) => Date.parse(time) >= Date.parse(`${start}`) && Date.parse(time) < Date.parse(`${end}`),
      );
      expect({ start, runs: within.length }).toEqual({ start, runs: values[0] });
    }
    expect(rows.slice(1).map(({ start }) => start)).toEqual(rows.slice(0, -1).map(({ end }) => end));
  });

  test("begin at local hours where those are not whole ones of UTC", async () => {
    server.clock.set("2025-10-27T00:00:00Z");
    await run({ started_at: "2025-10-26T00:45:00Z" }).inProgress();

    const { rows } = await byTime("HOUR", "Asia/Kolkata");

    expect(rows[0]?.start).toBe("2025-10-26T00:30:00.000Z");
  });

  test("come in order of time, and the other way round when that is asked for", async () => {
    server.clock.set("2025-03-27T00:00:00Z");
    for (const month of ["01", "02", "02", "03"])
      await run({ started_at: `2025-${month}-01T00:00:00Z` }).inProgress();
    const question = { of: "EXECUTIONS", measures: [count], timeGrain: "MONTH" };

    const [usual, reverse] = [
      await ask(question),
      await ask({ ...question, orderBy: [{ start: true, direction: "DESC" }], limit: 2 }),
    ];

    expect(usual.rows.map(({ values }) => values[0])).toEqual([1, 2, 1]);
    expect(reverse.rows.map(({ values }) => values[0])).toEqual([1, 2]);
    expect(reverse.rowCount).toBe(3);
  });

  test("need a time zone that exists", async () => {
    expect(
      await refusal({ of: "EXECUTIONS", measures: [count], timeGrain: "DAY", timeZone: "Mars/Base" }),
    ).toMatchObject({ errors: [{ path: "timeZone" }] });
  });
});

test("all that is wrong with a question is told at once, where it stands", async () => {
  const question = {
    of: "BUG_FIXES",
    groupBy: ["PHASE"],
    measures: [
      { measure: "COST_USD", aggregate: "SUM" },
      { measure: "COUNT", aggregate: "P99" },
    ],
    filter: { phase: ["VERIFY"] },
  };

  expect(await refusal(question)).toMatchObject({
    code: "BAD_USER_INPUT",
    errors: [
      { path: "groupBy.0", message: expect.stringContaining("AUTONOMOUS") },
      { path: "measures.0.measure", message: expect.stringContaining("FILES_MODIFIED") },
      { path: "measures.1.aggregate" },
      { path: "filter.phase", message: expect.stringContaining("`autonomous`") },
    ],
  });
});

test("the catalogue tells of every subject what can be asked, with formula, unit, clock and the meaning of null", async () => {
  const { body } = await server.graphql(
    `{ metricCatalog { subject clock dimensions { dimension definition nullMeans } measures { measure kind unit formula aggregates nullMeans } } }`,
  );

  const subjects = body.data.metricCatalog as { subject: string; measures: { measure: string }[] }[];
  expect(subjects.map(({ subject }) => subject)).toEqual(["EXECUTIONS", "PHASES", "BUG_FIXES", "LLM_CALLS"]);
  expect(subjects[0]?.measures.find(({ measure }) => measure === "COST_PER_FIRST_PASS_USD")).toEqual({
    measure: "COST_PER_FIRST_PASS_USD",
    kind: "RATIO",
    unit: "USD",
    formula: "sum of cost of all runs / completed runs with reworkCycles = 0",
    aggregates: [],
    nullMeans: "no run passed at the first try, or none has a known cost",
  });
});
