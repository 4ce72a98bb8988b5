import type {
  CallTotals,
  CostOfSource,
  Evidence,
  EvidenceTotals,
  ModelTotals,
  PhaseTotals,
} from "../domain/evidence.js";
import type { Measured, MetricFilter, MetricRow } from "../domain/metrics/question.js";
import type { ExecutionFilter } from "../domain/page.js";
import type { Range } from "../domain/report.js";
import { restUsd, sumUsd } from "../domain/usd.js";
import type { Database } from "../store/database.js";
import { metrics } from "../store/metrics.repository.js";
import { costSources, type MetricSubject, phaseNames, statuses } from "../vocabulary.js";

/** Models with a row of their own, those that cost most. */
const listedModels = 20;
/** More groups than any of these can have. */
const allRows = 100;
/** What belongs to a run counts with it, whenever it happened. */
const ever: Range = { from: null, to: new Date("9999-12-31T23:59:59.999Z") };

const sum = (measure: Measured["measure"]): Measured => ({ measure, aggregate: "sum" });

/** `max` is null exactly when no fact has a value, which a sum does not tell from 0. */
const known = (measure: Measured["measure"]): Measured => ({ measure, aggregate: "max" });

/** What runs come to. */
export async function runFigures(
  db: Database,
  execution: ExecutionFilter,
): Promise<Pick<Evidence, "totals" | "byStatus" | "bySource">> {
  const {
    totals: { knownCost, ...totals },
    rows,
  } = await ask(
    db,
    "executions",
    ["status", "cost_source"],
    { execution },
    {
      runs: { measure: "count" },
      workStatements: { measure: "ws_count" },
      completed: { measure: "completed_count" },
      firstPass: { measure: "first_pass_count" },
      firstPassRate: { measure: "first_pass_rate" },
      successRate: { measure: "success_rate" },
      settledSuccessRate: { measure: "settled_success_rate" },
      averageDurationSeconds: { measure: "completed_duration_seconds", aggregate: "average" },
      medianDurationSeconds: { measure: "completed_duration_seconds", aggregate: "p50" },
      p95DurationSeconds: { measure: "completed_duration_seconds", aggregate: "p95" },
      testsWritten: sum("tests_written"),
      testsPassing: sum("tests_passing"),
      testsFailing: sum("tests_failing"),
      testsSkipped: sum("tests_skipped"),
      filesTouched: sum("files_touched"),
      reworkCycles: sum("rework_cycles"),
      bugFixes: sum("bug_fixes"),
      autonomousBugFixes: sum("autonomous_bug_fixes"),
      costUsd: sum("cost_usd"),
      knownCost: known("cost_usd"),
      costCoverage: { measure: "cost_coverage" },
      costPerCompletedUsd: { measure: "cost_per_completed_usd" },
      llmCalls: sum("llm_calls"),
      unpricedCalls: sum("unpriced_llm_calls"),
    },
  );
  const runsOf = (some: typeof rows) => some.reduce((count, { values }) => count + (values.runs ?? 0), 0);
  return {
    totals: { ...asTotals(totals), costUsd: unlessNull(knownCost, totals.costUsd) },
    byStatus: statuses.map((status) => ({
      status,
      runs: runsOf(rows.filter(({ key }) => key.status === status)),
    })),
    bySource: costSources.map((source): CostOfSource => {
      const some = rows.filter(({ key }) => key.cost_source === source);
      return {
        source,
        runs: runsOf(some),
        costUsd: source === "NONE" ? null : (sumUsd(some.map(({ values }) => values.costUsd)) ?? 0),
      };
    }),
  };
}

/** Counts and sums are never null; rates, averages and percentiles may be. */
const asTotals = (values: Readonly<Record<keyof EvidenceTotals, number | null>>) => values as EvidenceTotals;

const unlessNull = (test: number | null, value: number | null) => (test === null ? null : value);

/** What the phases of runs come to, name by name. */
export async function phaseTotals(db: Database, execution: ExecutionFilter): Promise<readonly PhaseTotals[]> {
  const { rows } = await ask(
    db,
    "phases",
    ["phase"],
    { execution },
    {
      phases: { measure: "count" },
      runs: { measure: "execution_count" },
      durationSeconds: sum("duration_seconds"),
      knownDuration: known("duration_seconds"),
      costUsd: sum("cost_usd"),
      knownCost: known("cost_usd"),
      passRate: { measure: "pass_rate" },
    },
  );
  return phaseNames.flatMap((name) =>
    rows
      .filter(({ key }) => key.phase === name)
      .map(({ values }) => ({
        name,
        phases: values.phases ?? 0,
        runs: values.runs ?? 0,
        durationSeconds: unlessNull(values.knownDuration, values.durationSeconds),
        costUsd: unlessNull(values.knownCost, values.costUsd),
        passRate: values.passRate,
      })),
  );
}

const callMeasures = {
  costUsd: sum("cost_usd"),
  knownCost: known("cost_usd"),
  calls: { measure: "count" },
  unpricedCalls: { measure: "unpriced_count" },
} as const satisfies Readonly<Record<string, Measured>>;

/** What the calls of runs come to, model by model. */
export async function modelTotals(db: Database, execution: ExecutionFilter): Promise<readonly ModelTotals[]> {
  const { rows, totals } = await ask(
    db,
    "llm_calls",
    ["model"],
    { execution, attributed: true },
    callMeasures,
    {
      limit: listedModels,
    },
  );
  const listed = rows.map(({ key, values }) => ({ model: String(key.model), ...callsOf(values) }));
  const others = rows.reduce((left, { values }) => less(left, values), totals);
  return others.calls === 0 ? listed : [...listed, { model: null, ...callsOf(others) }];
}

type CallValues = Readonly<Record<keyof typeof callMeasures, number | null>>;

const callsOf = ({ calls, unpricedCalls, knownCost, costUsd }: CallValues): CallTotals => ({
  calls: calls ?? 0,
  unpricedCalls: unpricedCalls ?? 0,
  costUsd: unlessNull(knownCost, costUsd),
});

/** What is left of a total without a row of it. */
function less(total: CallValues, row: CallValues): CallValues {
  const calls = (total.calls ?? 0) - (row.calls ?? 0);
  const unpricedCalls = (total.unpricedCalls ?? 0) - (row.unpricedCalls ?? 0);
  const costUsd = restUsd(total.costUsd ?? 0, [row.costUsd]);
  return { calls, unpricedCalls, costUsd, knownCost: calls > unpricedCalls ? costUsd : null };
}

/** What the calls of a time come to that belong to no known run. */
export async function strayCalls(db: Database, range: Range): Promise<CallTotals> {
  const { totals } = await ask(db, "llm_calls", [], { attributed: false }, callMeasures, { range });
  return callsOf(totals);
}

interface Answers<Name extends string> {
  readonly totals: Readonly<Record<Name, number | null>>;
  readonly rows: readonly {
    readonly key: MetricRow["key"];
    readonly values: Readonly<Record<Name, number | null>>;
  }[];
}

/** A metrics query whose measures have names of their own; its rows are those with the largest first measure. */
async function ask<Name extends string>(
  db: Database,
  of: MetricSubject,
  groupBy: readonly ("status" | "cost_source" | "phase" | "model")[],
  filter: MetricFilter,
  measured: Readonly<Record<Name, Measured>>,
  { range = ever, limit = allRows }: { readonly range?: Range; readonly limit?: number } = {},
): Promise<Answers<Name>> {
  const names = Object.keys(measured) as Name[]; // the keys of that very object
  const measures = names.map((name) => measured[name]);
  const question = {
    of,
    groupBy,
    measures,
    filter,
    having: [],
    timeZone: "UTC",
    orderBy: [],
    limit,
  };
  const answer = await metrics(db, question, range);
  const named = (values: MetricRow["values"]) =>
    Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])) as Record<
      Name,
      number | null
    >; // all of them
  return {
    totals: named(answer.totals),
    rows: answer.rows.map(({ key, values }) => ({ key, values: named(values) })),
  };
}
