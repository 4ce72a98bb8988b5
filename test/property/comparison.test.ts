import fc from "fast-check";
import { expect, test } from "vitest";
import { comparedScoreboard } from "../client/documents.js";
import type { FiguresRowFieldsFragment, Window as WindowWord } from "../client/gql/graphql.js";
import { day, noon } from "../support/clock.js";
import { always } from "../support/property.js";
import { type Micros, microsOf, microsOrNull, sumOf } from "../support/usd.js";
import { callsOf, costOf, costPerCompleted, settled } from "./cost.model.js";
import { factsAround, instantsAround } from "./facts.arbitrary.js";
import {
  averageOf,
  type CallFact,
  type Facts,
  percentileOf,
  type RunFact,
  rateOf,
  reworkOf,
  secondsOf,
} from "./facts.js";
import { startToldServer } from "./tell.js";

const server = await startToldServer();

const windowDays = { LAST_24H: 1, LAST_7D: 7, LAST_30D: 30, LAST_90D: 90 } as const;
type Bounded = keyof typeof windowDays;
const approximately = (value: number | null) => (value === null ? null : expect.closeTo(value, 6));
const isIn = (instant: number, from: number, to: number) => instant >= from && instant < to;

/** Runs tell apart by their numbers; every third names no Work Package. */
const numberOf = ({ id }: RunFact) => Number(id.at(-1));
const executorOf = (run: RunFact) => `executor-${numberOf(run) % 4}`;
const wpOf = (run: RunFact) => (numberOf(run) % 3 === 0 ? null : `WP-${numberOf(run) % 3}`);

/** The model that most of the cost of a run was made with, else most of its calls, else the first by name. */
function modelOf(run: RunFact, calls: readonly CallFact[]): string | null {
  const own = callsOf(run, calls);
  const spent = [...new Set(own.map(({ model }) => model))].map((model) => {
    const made = own.filter((call) => call.model === model);
    return { model, cost: sumOf(made.map(({ cost }) => cost)), count: made.length };
  });
  spent.sort((a, b) => Number(b.cost - a.cost) || b.count - a.count || (a.model < b.model ? -1 : 1));
  return spent[0]?.model ?? run.model;
}

function figuresOf({ runs, calls }: Facts, from: number, to: number) {
  const inside = runs.filter(({ startedAt }) => isIn(startedAt, from, to));
  const completed = inside.filter(({ status }) => status === "COMPLETED");
  const ended = inside.filter(({ completedAt }) => completedAt !== null);
  const fixes = runs.flatMap(({ bugFixes }) => bugFixes);
  return {
    totalRuns: inside.length,
    completedRuns: completed.length,
    successRate: approximately(rateOf(completed.length, inside.length)),
    settledSuccessRate: approximately(rateOf(completed.length, ended.length)),
    averageDurationSeconds: approximately(averageOf(completed.map(secondsOf))),
    p95DurationSeconds: approximately(percentileOf(0.95, completed.map(secondsOf))),
    firstPassVerifyRate: approximately(
      rateOf(completed.filter((run) => reworkOf(run) === 0).length, completed.length),
    ),
    llmCost: sumOf(inside.map((run) => costOf(run, calls))),
    costPerCompletedWs: costPerCompleted(inside, calls),
    autonomousBugFixCount: fixes.filter(
      ({ autonomous, createdAt }) => autonomous && isIn(createdAt, from, to),
    ).length,
    isSmallSample: true,
  };
}

type Figures = Omit<FiguresRowFieldsFragment, "key" | "isRest" | "settledRuns">;

const answered = <Extra extends object>({
  llmCostUsd,
  costPerCompletedWsUsd,
  ...figures
}: Figures & Extra) => ({
  ...figures,
  llmCost: microsOf(llmCostUsd),
  costPerCompletedWs: microsOrNull(costPerCompletedWsUsd),
});

/** The rows of a breakdown, largest first, and the rest in one. */
function rowsOf(
  facts: Facts,
  keyOf: (run: RunFact) => string | null,
  first: number,
  from: number,
  to: number,
) {
  const counted = facts.runs.filter(
    ({ startedAt, bugFixes }) =>
      isIn(startedAt, from, to) ||
      bugFixes.some(({ autonomous, createdAt }) => autonomous && isIn(createdAt, from, to)),
  );
  const groups = [...new Set(counted.map(keyOf))].map((key) => ({
    key,
    runs: facts.runs.filter((run) => keyOf(run) === key),
  }));
  const size = ({ runs }: { runs: readonly RunFact[] }) =>
    runs.filter(({ startedAt }) => isIn(startedAt, from, to)).length;
  const rank = (key: string | null) => key ?? "\uffff";
  groups.sort((a, b) => size(b) - size(a) || (rank(a.key) < rank(b.key) ? -1 : 1));
  const rest = groups.slice(first).flatMap(({ runs }) => runs);
  return [
    ...groups.slice(0, first).map((group) => ({ ...group, isRest: false })),
    ...(rest.length > 0 ? [{ key: null, runs: rest, isRest: true }] : []),
  ].map(({ key, runs, isRest }) => ({
    ...{ key, isRest },
    settledRuns: runs.filter(
      ({ startedAt, completedAt }) => completedAt !== null && isIn(startedAt, from, to),
    ).length,
    ...figuresOf({ runs, calls: facts.calls }, from, to),
  }));
}

async function ask(window: WindowWord, first: number, now: number) {
  server.clock.set(new Date(now).toISOString());
  const { body } = await server.graphql(comparedScoreboard, { window, first });
  expect(body.errors).toBeUndefined();
  return body.data.scoreboard;
}

const around = Date.parse(noon) - 60 * day;
const scene = fc.record({
  facts: factsAround(around),
  now: instantsAround(around),
  window: fc.constantFrom(...(Object.keys(windowDays) as Bounded[])),
  first: fc.integer({ min: 1, max: 4 }),
});

async function tell(facts: Facts): Promise<void> {
  await server.tell(facts);
  for (const run of facts.runs) {
    await server.sql("update ws_executions set executor = $1, wp_id = $2 where id = $3", [
      executorOf(run),
      wpOf(run),
      run.id,
    ]);
  }
}

const difference = (current: number | null, previous: number | null) =>
  current === null || previous === null ? null : expect.closeTo(current - previous, 6);
const change = (current: number | null, previous: number | null) => ({
  difference: difference(current, previous),
  relative: current === null || !previous ? null : expect.closeTo((current - previous) / previous, 6),
});
const dollars = (micros: Micros | null) => (micros === null ? null : Number(micros) / 1e6);

test("a window beside the one before, by executor, model and Work Package, says what its runs say", async () => {
  await always(scene, { runs: 14, seconds: 5 }, async ({ facts: told, now, window, first }) => {
    const facts = settled(told);
    await tell(told);
    const from = now - windowDays[window] * day;

    const board = await ask(window, first, now);
    const everything = await ask("ALL", first, now);

    const { previous, change: changes } = board;
    expect(previous && answered(previous)).toEqual({
      from: new Date(from - windowDays[window] * day).toISOString(),
      to: new Date(from).toISOString(),
      ...figuresOf(facts, from - windowDays[window] * day, from),
    });
    const before = answered(previous as Figures);
    const after = answered(board);
    expect(changes).toEqual({
      totalRuns: change(after.totalRuns, before.totalRuns),
      completedRuns: change(after.completedRuns, before.completedRuns),
      successRate: difference(after.successRate, before.successRate),
      settledSuccessRate: difference(after.settledSuccessRate, before.settledSuccessRate),
      averageDurationSeconds: difference(after.averageDurationSeconds, before.averageDurationSeconds),
      p95DurationSeconds: difference(after.p95DurationSeconds, before.p95DurationSeconds),
      firstPassVerifyRate: difference(after.firstPassVerifyRate, before.firstPassVerifyRate),
      llmCostUsd: change(dollars(after.llmCost), dollars(before.llmCost)),
      costPerCompletedWsUsd: change(dollars(after.costPerCompletedWs), dollars(before.costPerCompletedWs)),
      autonomousBugFixCount: change(after.autonomousBugFixCount, before.autonomousBugFixCount),
      isSmallSample: true,
    });
    expect([everything.previous, everything.change]).toEqual([null, null]);
    for (const [{ byExecutor, byModel, byWp, ...whole }, start] of [
      [board, from],
      [everything, Number.NEGATIVE_INFINITY],
    ] as const) {
      const expected = (keyOf: (run: RunFact) => string | null) => rowsOf(facts, keyOf, first, start, now);
      expect(byExecutor.map(answered)).toEqual(expected(executorOf));
      expect(byWp.map(answered)).toEqual(expected(wpOf));
      expect(byModel.map(answered)).toEqual(expected((run) => modelOf(run, facts.calls)));
      for (const rows of [byExecutor, byModel, byWp]) {
        expect(sumOf(rows.map((row) => answered(row).llmCost))).toBe(microsOf(whole.llmCostUsd));
        expect(rows.reduce((sum, { totalRuns }) => sum + totalRuns, 0)).toBe(whole.totalRuns);
        expect(rows.reduce((sum, row) => sum + row.autonomousBugFixCount, 0)).toBe(
          whole.autonomousBugFixCount,
        );
      }
    }
  });
});
