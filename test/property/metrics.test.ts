import fc from "fast-check";
import { expect, test } from "vitest";
import { type Interval, intervals } from "../../src/vocabulary.js";
import { costSummary, dashboard, metrics, scoreboard } from "../client/documents.js";
import type { Interval as IntervalWord, MetricsQueryVariables } from "../client/gql/graphql.js";
import { bucketsOf } from "../support/local-time.js";
import { always } from "../support/property.js";
import { knownSumOf, microsOf, microsOrNull, sumOf } from "../support/usd.js";
import { costOf, costOfPhase, costPerCompleted, settled, spendingIn } from "./cost.model.js";
import { factsAround, instantsAround } from "./facts.arbitrary.js";
import {
  averageOf,
  type Facts,
  inOrderOfWork,
  type PhaseFact,
  percentileOf,
  type RunFact,
  rateOf,
  reworkOf,
  secondsOf,
  testsWrittenOf,
} from "./facts.js";
import { startToldServer } from "./tell.js";
import { oddities } from "./zones.js";

const server = await startToldServer();

interface Range {
  readonly from: number;
  readonly to: number;
}

const sum = (measure: string) => ({ measure, aggregate: "SUM" });
const approximately = (value: number | null) => (value === null ? null : expect.closeTo(value, 6));
const timesOf = ({ from, to }: Range) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

async function answer(question: object) {
  const { body } = await server.graphql(metrics, question as MetricsQueryVariables); // its words are the schema's own
  expect(body.errors).toBeUndefined();
  return body.data.metrics;
}

/** Things by what they have in common, spelled as text. */
function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => unknown,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

const byKey = <Row>(rows: readonly (readonly [string, Row])[]) =>
  [...rows].sort(([one], [other]) => (one < other ? -1 : 1));

const upper = (word: string | null) => word?.toUpperCase() ?? null;
const inside = ({ from, to }: Range, instant: number) => instant >= from && instant < to;
const runsIn = (facts: Facts, range: Range) => facts.runs.filter(({ startedAt }) => inside(range, startedAt));

const executionMeasures = [
  { measure: "COUNT" },
  sum("COST_USD"),
  { measure: "COMPLETED_DURATION_SECONDS", aggregate: "AVERAGE" },
  { measure: "COMPLETED_DURATION_SECONDS", aggregate: "P95" },
  { measure: "SUCCESS_RATE" },
  { measure: "SETTLED_SUCCESS_RATE" },
  { measure: "FIRST_PASS_RATE" },
  { measure: "COST_PER_COMPLETED_USD" },
  { measure: "COMPLETED_REWORK_CYCLES", aggregate: "AVERAGE" },
  sum("TESTS_WRITTEN"),
  { measure: "COMPLETED_COUNT" },
  sum("BUG_FIXES"),
];

function figuresOf(runs: readonly RunFact[], { calls }: Facts) {
  const completed = runs.filter(({ status }) => status === "COMPLETED");
  const ended = runs.filter(({ completedAt }) => completedAt !== null);
  return [
    runs.length,
    sumOf(runs.map((run) => costOf(run, calls))),
    approximately(averageOf(completed.map(secondsOf))),
    approximately(percentileOf(0.95, completed.map(secondsOf))),
    approximately(rateOf(completed.length, runs.length)),
    approximately(rateOf(completed.length, ended.length)),
    approximately(rateOf(completed.filter((run) => reworkOf(run) === 0).length, completed.length)),
    costPerCompleted(runs, calls),
    approximately(averageOf(completed.map(reworkOf))),
    runs.reduce((total, run) => total + testsWrittenOf(run), 0),
    completed.length,
    runs.reduce((total, run) => total + run.bugFixes.length, 0),
  ];
}

/** The amounts among the values as micro-dollars. */
const exactly = (values: readonly (number | null)[], ...places: readonly number[]) =>
  values.map((value, place) => (places.includes(place) ? microsOrNull(value) : value));

function isRework(phase: PhaseFact, { phases }: RunFact): boolean {
  const order = inOrderOfWork(phases);
  return order
    .slice(0, order.indexOf(phase))
    .some(({ name, result }) => name === "verify" && result === "fail");
}

const scene = fc.constantFrom(...oddities).chain(({ zone, pivot }) => {
  const around = Date.parse(pivot);
  const range = fc
    .tuple(instantsAround(around), instantsAround(around))
    .filter(([one, other]) => one !== other)
    .map(([one, other]): Range => ({ from: Math.min(one, other), to: Math.max(one, other) }));
  const question = fc.record({ range, interval: fc.constantFrom(...intervals), zone: fc.constant(zone) });
  return fc.record({
    facts: factsAround(around),
    questions: fc.array(question, { minLength: 1, maxLength: 3 }),
  });
});

async function runsAreRight(facts: Facts, range: Range) {
  const answered = await answer({
    of: "EXECUTIONS",
    groupBy: ["WS_ID", "STATUS"],
    measures: executionMeasures,
    filter: timesOf(range),
  });
  const runs = runsIn(facts, range);
  const expected = grouped(runs, ({ wsId, status }) => [wsId, status]);
  expect(
    byKey(
      answered.rows.map(({ key, values }) => [JSON.stringify([key.wsId, key.status]), exactly(values, 1, 7)]),
    ),
  ).toEqual(byKey([...expected].map(([key, own]) => [key, figuresOf(own, facts)])));
  expect(exactly(answered.totals, 1, 7)).toEqual(figuresOf(runs, facts));
  expect(answered.rowCount).toBe(expected.size);
}

async function bucketsAreRight(facts: Facts, range: Range, interval: Interval, zone: string) {
  const answered = await answer({
    of: "EXECUTIONS",
    measures: executionMeasures,
    filter: timesOf(range),
    timeGrain: interval.toUpperCase(),
    timeZone: zone,
    limit: 1000,
  });
  const expected = bucketsOf(zone, interval, range.from, range.to)
    .map((bucket) => ({ bucket, runs: runsIn(facts, { from: bucket.start, to: bucket.end }) }))
    .filter(({ runs }) => runs.length > 0);
  expect(
    answered.rows.map(({ start, end, values }) => ({
      start: Math.max(Date.parse(start ?? ""), range.from),
      end: Math.min(Date.parse(end ?? ""), range.to),
      values: exactly(values, 1, 7),
    })),
  ).toEqual(expected.map(({ bucket, runs }) => ({ ...bucket, values: figuresOf(runs, facts) })));
}

async function phasesAreRight(facts: Facts, range: Range) {
  const answered = await answer({
    of: "PHASES",
    groupBy: ["PHASE", "REWORK"],
    measures: [{ measure: "COUNT" }, sum("COST_USD"), { measure: "EXECUTION_COUNT" }, sum("TESTS_WRITTEN")],
    filter: timesOf(range),
  });
  const phases = facts.runs.flatMap((run) =>
    run.phases.filter(({ startedAt }) => inside(range, startedAt)).map((phase) => ({ run, phase })),
  );
  const expected = grouped(phases, ({ run, phase }) => [upper(phase.name), isRework(phase, run)]);
  expect(
    byKey(
      answered.rows.map(({ key, values }) => [JSON.stringify([key.phase, key.rework]), exactly(values, 1)]),
    ),
  ).toEqual(
    byKey(
      [...expected].map(([key, own]) => [
        key,
        [
          own.length,
          sumOf(own.map(({ phase, run }) => costOfPhase(phase, run, facts.calls))),
          new Set(own.map(({ run }) => run.id)).size,
          own.reduce((total, { phase }) => total + (phase.testsWritten ?? 0), 0),
        ],
      ]),
    ),
  );
}

async function callsAreRight(facts: Facts, range: Range) {
  const answered = await answer({
    of: "LLM_CALLS",
    groupBy: ["MODEL", "PHASE", "ATTRIBUTED", "CALL_SOURCE", "DOCUMENT_TYPE", "WS_ID"],
    measures: [
      { measure: "COUNT" },
      sum("COST_USD"),
      { measure: "EXECUTION_COUNT" },
      { measure: "UNPRICED_COUNT" },
    ],
    filter: timesOf(range),
    limit: 1000,
  });
  const calls = spendingIn(facts, range.from, range.to).filter(({ isCall }) => isCall);
  const expected = grouped(calls, ({ model, phase, run, source, documentType }) => [
    model,
    upper(phase),
    run !== null,
    upper(source),
    documentType,
    run?.wsId ?? null,
  ]);
  const keyOf = ({ key }: (typeof answered.rows)[number]) =>
    JSON.stringify([key.model, key.phase, key.attributed, key.callSource, key.documentType, key.wsId]);
  expect(byKey(answered.rows.map((row) => [keyOf(row), exactly(row.values, 1)]))).toEqual(
    byKey(
      [...expected].map(([key, own]) => [
        key,
        [
          own.length,
          sumOf(own.map(({ cost }) => cost)),
          new Set(own.flatMap(({ run }) => run?.id ?? [])).size,
          own.filter(({ cost }) => cost === null).length,
        ],
      ]),
    ),
  );
}

async function reportsAgree(range: Range, interval: Interval, timeZone: string) {
  const times = timesOf(range);
  server.clock.set(times.to);
  const [runs, spent, estimated, fixes, board, period, summary] = await Promise.all([
    answer({ of: "EXECUTIONS", measures: executionMeasures, filter: times }),
    answer({ of: "LLM_CALLS", groupBy: ["ATTRIBUTED"], measures: [sum("COST_USD")], filter: times }),
    answer({
      of: "EXECUTIONS",
      measures: [sum("COST_USD")],
      filter: { ...times, execution: { costSource: ["EXECUTOR_REPORTED", "PRICED"] } },
    }),
    answer({ of: "BUG_FIXES", measures: [{ measure: "COUNT" }], filter: { ...times, autonomous: true } }),
    server.graphql(scoreboard, { window: "ALL" }),
    server.graphql(dashboard, { ...times, interval: interval.toUpperCase() as IntervalWord, timeZone }),
    server.graphql(costSummary, { ...times, timeZone }),
  ]);
  const all = await answer({ of: "EXECUTIONS", measures: executionMeasures });
  const { dashboard: figures } = period.body.data;
  expect([
    ...[figures.llmCostUsd, figures.averageDurationSeconds, figures.costPerWsUsd],
    ...[figures.averageReworkCycles, figures.testsWritten, figures.completedCount],
    figures.autonomousBugFixCount,
  ]).toEqual([...[1, 2, 7, 8, 9, 10].map((place) => runs.totals[place]), fixes.totals[0]]);
  const { scoreboard: shown } = board.body.data;
  expect([
    ...[shown.totalRuns, shown.llmCostUsd, shown.averageDurationSeconds, shown.p95DurationSeconds],
    ...[shown.successRate, shown.settledSuccessRate, shown.firstPassVerifyRate, shown.costPerCompletedWsUsd],
  ]).toEqual(all.totals.slice(0, 8));
  const { totalUsd, unattributedUsd } = summary.body.data.costSummary;
  expect(microsOf(totalUsd)).toBe(knownSumOf([...spent.totals, ...estimated.totals].map(microsOrNull)));
  const unattributed = spent.rows.find(({ key }) => key.attributed === false)?.values[0];
  expect(microsOf(unattributedUsd)).toBe(microsOf(unattributed ?? 0));
}

test("a metrics query says what the facts say, and what the fixed reports say, to the micro-dollar", async () => {
  await always(scene, { runs: 8, seconds: 4 }, async ({ facts: told, questions }) => {
    const facts = settled(told);
    await server.tell(told);

    for (const { range, interval, zone } of questions) {
      await runsAreRight(facts, range);
      await bucketsAreRight(facts, range, interval, zone);
      await phasesAreRight(facts, range);
      await callsAreRight(facts, range);
      await reportsAgree(range, interval, zone);
    }
  });
});
