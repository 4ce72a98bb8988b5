import { describe, expect, test } from "vitest";
import { changeOf, costChangeOf } from "../src/domain/change.js";
import { isSmallSample } from "../src/domain/small-sample.js";
import { wilsonInterval } from "../src/domain/wilson-interval.js";
import { after, day, hour, minute, noon, second } from "./support/clock.js";
import { given } from "./support/given.js";
import { startTestServer } from "./support/server.js";
import { restGet } from "./wire/exchange.js";
import { expectRefusal } from "./wire/refusal.js";

const server = await startTestServer();

async function data(query: string): Promise<Record<string, unknown>> {
  const { body } = await server.graphql<Record<string, unknown>>(query);
  expect(body.errors).toBeUndefined();
  return body.data;
}

const ago = (milliseconds: number) => after(noon, -milliseconds);
const run = (started_at: string, wp_id?: string) =>
  given(server).execution({ started_at, ...(wp_id !== undefined && { wp_id }) });

describe("a rate", () => {
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %d in %d lies where R. G. Newcombe (1998) says", (part, whole, low, high) => {
    expect(wilsonInterval(part / whole, whole)).toEqual({
      low: expect.closeTo(low, 4),
      high: expect.closeTo(high, 4),
    });
  });

  test("never lies outside of its interval, nor the interval outside of what a rate can be", () => {
    for (let whole = 1; whole < 60; whole++) {
      for (let part = 0; part <= whole; part++) {
        const { low, high } = wilsonInterval(part / whole, whole) ?? { low: 2, high: -1 };
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(part / whole);
        expect(high).toBeGreaterThanOrEqual(part / whole);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
  });

  test("of nothing has no interval", () => {
    expect(wilsonInterval(null, 0)).toBeNull();
  });
});

test("a sample is small below 30", () => {
  expect([0, 29, 30].map(isSmallSample)).toEqual([true, true, false]);
});

test("a change is unknown where a figure is, and relative to nothing where that was 0", () => {
  expect(changeOf(3, 2)).toEqual({ difference: 1, relative: 0.5 });
  expect(changeOf(0, 4)).toEqual({ difference: -4, relative: -1 });
  expect(changeOf(3, 0)).toEqual({ difference: 3, relative: null });
  expect(changeOf(null, 2)).toEqual({ difference: null, relative: null });
  expect(changeOf(2, null)).toEqual({ difference: null, relative: null });
  expect(costChangeOf(0.3, 0.1)).toEqual({ difference: 0.2, relative: expect.closeTo(2, 9) });
});

describe("a comparison over REST", () => {
  test("stands beside the scoreboard as it is without one", async () => {
    await run(ago(2 * hour)).completed({ seconds: 600, llm_cost_usd: 0.5 });
    await run(ago(3 * hour)).completed({ seconds: 1200, llm_cost_usd: 0.25 });
    await run(ago(30 * hour)).completed({ seconds: 300, llm_cost_usd: 0.25, rework_cycles: 1 });

    const plain = await server.get("/scoreboard?window=24h");
    const compared = await server.get("/scoreboard?window=24h&compare=previous");

    expect(compared.status).toBe(200);
    expect(compared.body).toEqual({
      ...(plain.body as object),
      is_small_sample: true,
      previous: {
        from: ago(2 * day),
        to: ago(day),
        total_runs: 1,
        success_rate: 1,
        settled_success_rate: 1,
        average_duration_seconds: 300,
        p95_duration_seconds: 300,
        first_pass_rate: 0,
        total_llm_cost_usd: 0.25,
        cost_per_completed_ws: 0.25,
        autonomous_bug_fix_count: 0,
        is_small_sample: true,
      },
      change: {
        total_runs: { difference: 1, relative: 1 },
        success_rate: 0,
        settled_success_rate: 0,
        average_duration_seconds: 600,
        p95_duration_seconds: 870,
        first_pass_rate: 1,
        total_llm_cost_usd: { difference: 0.5, relative: 2 },
        cost_per_completed_ws: { difference: 0.125, relative: 0.5 },
        autonomous_bug_fix_count: { difference: 0, relative: null },
        is_small_sample: true,
      },
    });
  });

  test("stands beside the dashboard as it is without one", async () => {
    await run("2026-02-21T10:00:00.000Z").completed({ seconds: 60, test_metrics: { written: 6 } });
    await run("2026-02-20T10:00:00.000Z").completed({ seconds: 30, test_metrics: { written: 4 } });
    const range = "from=2026-02-21T00:00:00Z&to=2026-02-22T00:00:00Z";

    const plain = await server.get(`/dashboard?${range}`);
    const compared = await server.get(`/dashboard?${range}&compare=previous`);

    expect(compared.body).toEqual({
      ...(plain.body as object),
      is_small_sample: true,
      previous: {
        from: "2026-02-20T00:00:00.000Z",
        to: "2026-02-21T00:00:00.000Z",
        total_ws_completed: 1,
        average_duration_seconds: 30,
        total_tests_written: 4,
        total_bugs_fixed_autonomously: 0,
        total_llm_cost_usd: 0,
        rework_cycle_average: 0,
        cost_per_ws: null,
        is_small_sample: true,
      },
      change: {
        total_ws_completed: { difference: 0, relative: 0 },
        average_duration_seconds: 30,
        total_tests_written: { difference: 2, relative: 0.5 },
        total_bugs_fixed_autonomously: { difference: 0, relative: null },
        total_llm_cost_usd: { difference: 0, relative: null },
        rework_cycle_average: 0,
        cost_per_ws: { difference: null, relative: null },
        is_small_sample: true,
      },
    });
  });

  test("is null of all time, which nothing comes before", async () => {
    const { body } = await server.get("/scoreboard?window=all&compare=previous");

    expect(body).toMatchObject({ window: "all", previous: null, change: null });
  });

  test.each([
    "/scoreboard?compare=next",
    "/dashboard?compare=",
    "/scoreboard?compare=previous&compare=previous",
  ])("is with what was previous, or refused: %s", async (path) => {
    await expectRefusal(server, "rest", restGet(path), {
      code: "BAD_USER_INPUT",
      errors: { compare: /must be one of previous/ },
    });
  });
});

test("a comparison over GraphQL costs one more statement, and none where nobody asks for it", async () => {
  const board = "totalRuns isSmallSample successRateInterval { low high }";
  const compared = `${board} previous { from totalRuns } change { totalRuns { difference } isSmallSample }`;
  const reports = (statements: readonly string[]) => statements.filter((text) => /select/i.test(text)).length;

  const plain = await server.statementsDuring(() => data(`{ scoreboard { ${board} } }`));
  const both = await server.statementsDuring(() => data(`{ scoreboard { ${compared} } }`));
  const silence = await server.statementsDuring(() =>
    data("{ scoreboard { totalRuns silentRuns { count } } }"),
  );

  expect(reports(both)).toBe(reports(plain) + 1);
  expect(reports(silence)).toBe(reports(plain) + 1);
});

test("a dashboard that goes back to the first years has nothing before it", async () => {
  const range = 'from: "0001-01-01T00:00:00Z", to: "2026-02-23T00:00:00Z", interval: MONTH';

  const { dashboard } = await data(`{ dashboard(${range.replace("0001", "1900")}) { previous { from } } }`);
  const { first } = await data(
    `{ first: dashboard(from: "0001-01-01T00:00:00Z", to: "0002-01-01T00:00:00Z", interval: MONTH) { previous { from } change { isSmallSample } } }`,
  );

  expect(dashboard).toEqual({ previous: { from: "1773-11-08T00:00:00.000Z" } });
  expect(first).toEqual({ previous: null, change: null });
});

test("the dashboard has the same rows as the scoreboard, and what is beyond the first in one", async () => {
  await run(ago(2 * hour), "WP-A").completed();
  await run(ago(3 * hour), "WP-A").failed();
  await run(ago(4 * hour), "WP-B").completed();
  await run(ago(5 * hour), "WP-C").inProgress();
  const rows =
    "byWp(first: 1) { key isRest totalRuns completedRuns settledRuns successRateInterval { low } }";
  const range = `from: "${ago(day)}", to: "${noon}"`;

  const { scoreboard, dashboard } = await data(
    `{ scoreboard(window: LAST_24H) { ${rows} } dashboard(${range}) { ${rows} } }`,
  );

  expect(dashboard).toEqual(scoreboard);
  expect(dashboard).toEqual({
    byWp: [
      {
        key: "WP-A",
        isRest: false,
        totalRuns: 2,
        completedRuns: 1,
        settledRuns: 2,
        successRateInterval: { low: expect.closeTo(0.0945, 4) },
      },
      {
        key: null,
        isRest: true,
        totalRuns: 2,
        completedRuns: 1,
        settledRuns: 1,
        successRateInterval: { low: expect.closeTo(0.0945, 4) },
      },
    ],
  });
});

test.each([
  ["byExecutor(first: 0) { key }", /from 1 to 500/],
  ["byModel(first: 501) { key }", /from 1 to 500/],
  ["silentRuns(silentAfterHours: 0) { count }", /from 1 to 8784/],
  ["silentRuns(silentAfterHours: 8785) { count }", /from 1 to 8784/],
])("%s is refused", async (field, says) => {
  const { body } = await server.graphql(`{ scoreboard { ${field} } }`);

  expect(body.errors).toMatchObject([
    { message: expect.stringMatching(says), extensions: { code: "BAD_USER_INPUT" } },
  ]);
});

describe("a run in progress", () => {
  const silence = "silentRuns { count oldest { id lastSignOfLifeAt } }";
  const silentNow = async (field = silence) => (await data(`{ scoreboard { ${field} } }`)).scoreboard;
  const at = (instant: string) => server.clock.set(instant);

  test("is silent when nothing was heard of it for a day, and no longer when it is", async () => {
    at(ago(2 * day));
    const one = await run(ago(3 * day)).inProgress();
    at(ago(2 * day - minute));
    const other = await run(ago(2 * day)).inProgress();
    await run(ago(2 * day)).completed();
    await run(ago(2 * day)).blocked();
    at(noon);

    const before = await silentNow();
    const late = await silentNow("silentRuns(silentAfterHours: 48) { count }");
    await other.withBugFix();
    const afterwards = await silentNow();
    const counted = await silentNow("totalRuns runsByStatus { status count }");

    const oldest = { id: one.id, lastSignOfLifeAt: ago(2 * day) };
    expect(before).toEqual({
      silentRuns: { count: 2, oldest: [oldest, { id: other.id, lastSignOfLifeAt: ago(2 * day - minute) }] },
    });
    expect(late).toEqual({ silentRuns: { count: 0 } });
    expect(afterwards).toEqual({ silentRuns: { count: 1, oldest: [oldest] } });
    expect(counted).toMatchObject({
      totalRuns: 4,
      runsByStatus: expect.arrayContaining([{ status: "STARTED", count: 2 }]),
    });
  });

  test("was last heard of when it, a phase, a bug fix or a call was, and an end counts until now", async () => {
    const signs = async (id: string) =>
      ((await data(`{ execution(id: "${id}") { lastSignOfLifeAt } }`)).execution as Record<string, string>)
        .lastSignOfLifeAt;
    at(ago(9 * hour));
    const told = await run(ago(10 * hour)).inProgress();
    const phase = { event_id: "phase-1", name: "implement", started_at: ago(9 * hour) };
    const heard: (string | undefined)[] = [await signs(told.id)];
    const say = async (instant: string, phase_: object) => {
      at(instant);
      await server.post("/ws-execution", { id: told.id, phase: phase_ });
      heard.push(await signs(told.id));
    };
    await say(ago(8 * hour), phase);
    await say(ago(7 * hour), { ...phase, completed_at: ago(7 * hour + second) });
    at(ago(6 * hour));
    await told.withLlmCall({ startedAt: ago(9 * hour) });
    heard.push(await signs(told.id));
    at(ago(5 * hour));
    await told.withBugFix();
    heard.push(await signs(told.id));
    await say(ago(4 * hour), {
      ...{ event_id: "phase-2", name: "verify" },
      ...{ started_at: ago(4 * hour), completed_at: ago(3 * hour) },
    });
    at(ago(hour));
    heard.push(await signs(told.id));

    expect(heard).toEqual([
      ago(9 * hour),
      ago(8 * hour),
      ago(7 * hour + second),
      ago(6 * hour),
      ago(5 * hour),
      ago(4 * hour),
      ago(3 * hour),
    ]);
  });

  test("is named when it is among the ten that were silent longest", async () => {
    for (let place = 0; place < 12; place++) {
      at(ago(3 * day - place * minute));
      await given(server)
        .execution({ ws_id: `WS-${place}` })
        .inProgress();
    }
    at(noon);

    const found = await silentNow("silentRuns { count oldest { wsId } }");

    const named = Array.from({ length: 10 }, (_, place) => ({ wsId: `WS-${place}` }));
    expect(found).toEqual({ silentRuns: { count: 12, oldest: named } });
  });
});
