import fc from "fast-check";
import type { BugFixFilter, CostSource, EventInput, ExecutionFilter } from "../client/gql/graphql.js";
import { noon, second } from "../support/clock.js";

/** A run that is told, and what filters ask about it. */
interface FilteredRun {
  readonly id: string;
  readonly wsId: string;
  readonly wpId: string | null;
  readonly executor: string;
  readonly scopeId: string | null;
  readonly llmModel: string | null;
  readonly status: "STARTED" | "BLOCKED" | "COMPLETED" | "FAILED";
  /** Seconds after noon. */
  readonly startedAfter: number;
  readonly seconds: number;
  readonly reportedUsd: number | null;
  readonly rework: number;
  readonly calls: readonly { readonly costUsd: number | null }[];
  readonly bugFixes: readonly FilteredBugFix[];
}

interface FilteredBugFix {
  readonly id: string;
  readonly scopeId: string | null;
  readonly description: string;
  readonly rootCause: string;
  readonly testName: string;
  readonly fixSummary: string;
  readonly autonomous: boolean;
}

/** What patterns, quoting and folding trip over. None has a letter beyond ASCII that has another case. */
const texts = [
  ...["a", "A", "aB", "Ab%", "a_b", "axb", "%", "_", "\\", "a\\", "a%b", "'", "''; --", '"', "$1", "*", "."],
  ...["[a]", "日本", "日", "👩‍👩‍👧", "👩", "שלום", " ", "\n", "a b", "A B", "😀".repeat(3)],
] as const;

const text = fc.constantFrom(...texts);
const joined = fc.array(text, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(""));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 2 });
const small = fc.integer({ min: 0, max: 4 });
const usd = fc.constantFrom(0, 0.000001, 0.5, 2, 2.5);
const at = (seconds: number) => new Date(Date.parse(noon) + seconds * second).toISOString();

const bugFix: fc.Arbitrary<FilteredBugFix> = fc.record({
  id: fc.uuid(),
  scopeId: maybe(text),
  description: joined,
  rootCause: fc.oneof(text, fc.constant("")),
  testName: joined,
  fixSummary: text,
  autonomous: fc.boolean(),
});

const run: fc.Arbitrary<FilteredRun> = fc.record({
  id: fc.uuid(),
  wsId: joined,
  wpId: maybe(joined),
  executor: joined,
  scopeId: maybe(text),
  llmModel: maybe(text),
  status: fc.constantFrom("STARTED", "BLOCKED", "COMPLETED", "FAILED"),
  startedAfter: small,
  seconds: small,
  reportedUsd: maybe(usd),
  rework: small,
  calls: fc.array(fc.record({ costUsd: maybe(usd) }), { maxLength: 2 }),
  bugFixes: fc.array(bugFix, { maxLength: 2 }),
});

export const filteredRuns = fc.uniqueArray(run, { minLength: 4, maxLength: 9, selector: ({ id }) => id });

/** What tells the server these runs. */
export const eventsOf = (told: FilteredRun): readonly EventInput[] => [
  {
    startExecution: {
      ...{ id: told.id, wsId: told.wsId, wpId: told.wpId, executor: told.executor, scopeId: told.scopeId },
      ...{ llmModel: told.llmModel, startedAt: at(told.startedAfter) },
    },
  },
  { updateExecution: { id: told.id, llmCostUsd: told.reportedUsd, reworkCycles: told.rework } },
  ...told.calls.map(({ costUsd }, place) => ({
    recordLlmCall: {
      ...{ sourceKey: `${told.id} ${place}`, executionId: told.id, model: "nobody knows its price" },
      ...{ startedAt: noon, costUsd },
    },
  })),
  ...told.bugFixes.map((fix) => ({ recordBugFix: { ...fix, executionId: told.id } })),
  ...endOf(told),
];

function endOf({ id, status, startedAfter, seconds }: FilteredRun): readonly EventInput[] {
  if (status === "STARTED") return [];
  if (status === "BLOCKED") return [{ updateExecution: { id, status } }];
  return [{ completeExecution: { id, status, completedAt: at(startedAfter + seconds) } }];
}

/** Some fields, and of two that make a range, the lower one first. */
const some = <Fields extends object>(fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> }) =>
  fc.record(fields, { requiredKeys: [] });
const range = <Value>(from: string, to: string, value: fc.Arbitrary<number>, spell: (at: number) => Value) =>
  fc.tuple(value, value, fc.constantFrom([from], [to], [from, to])).map(([one, other, names]) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    const ends = new Map([
      [from, low],
      [to, high === low ? high + 1 : high],
    ]);
    return Object.fromEntries(names.map((name) => [name, spell(ends.get(name) ?? 0)]));
  });
const list = fc.array(joined, { maxLength: 4 });

const ranges = fc.oneof(
  range("startedFrom", "startedTo", small, at),
  range("completedFrom", "completedTo", fc.integer({ min: 0, max: 8 }), at),
  range("durationFrom", "durationTo", small, Number),
  range("costFrom", "costTo", usd, Number),
);
const facts = some<ExecutionFilter>({
  status: fc.subarray(["STARTED", "BLOCKED", "COMPLETED", "FAILED"]),
  costSource: fc.subarray(["LLM_LOG", "EXECUTOR_REPORTED", "NONE"]),
  reworkAtLeast: small,
  hasBugFixes: fc.boolean(),
  hasUnpricedCalls: fc.boolean(),
});
const names = fc.oneof(
  some<ExecutionFilter>({ wsIdIn: list, wpIdIn: list, executorIn: list }),
  some<ExecutionFilter>({ wsIdPrefix: text, wpIdPrefix: text }),
  some<ExecutionFilter>({ executorPrefix: text, llmModelIn: fc.array(text, { maxLength: 9 }) }),
  some<ExecutionFilter>({ wsId: joined, wpId: joined, executor: joined, scopeId: text }),
  fc.record({ scopeIdIn: fc.array(text, { maxLength: 9 }) }),
  fc.record({ text: joined }),
  fc.record({ text }),
);
export const executionFilter: fc.Arbitrary<ExecutionFilter> = fc.oneof(
  names,
  ranges,
  facts,
  fc.tuple(text, ranges, facts).map(([phrase, ...others]) => Object.assign({ text: phrase }, ...others)),
);

export const bugFixFilter: fc.Arbitrary<BugFixFilter> = fc.oneof(
  fc.record({ text: joined }),
  fc.record({ testNamePrefix: text }),
  some<BugFixFilter>({ autonomous: fc.boolean(), scopeId: text, text }),
  some<BugFixFilter>({ wsId: joined, wpId: joined, executor: joined }),
);

const isBetween = (value: number | string | null, from: unknown, to: unknown) => {
  if (from === undefined && to === undefined) return true;
  if (value === null) return false;
  return (
    (from === undefined || value >= (from as typeof value)) &&
    (to === undefined || value < (to as typeof value))
  );
};
const isIn = (value: string | null, values: readonly string[] | null | undefined) =>
  !values || (value !== null && values.includes(value));
const is = (value: string | boolean | null, wanted: string | boolean | null | undefined) =>
  wanted === undefined || value === wanted;
const begins = (value: string | null, prefix: string | null | undefined) =>
  !prefix || value?.startsWith(prefix) === true;
const folded = (value: string) => value.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const holds = (values: readonly (string | null)[], phrase: string | null | undefined) =>
  !phrase || values.some((value) => value !== null && folded(value).includes(folded(phrase)));

const textsOf = (fix: FilteredBugFix) => [fix.description, fix.rootCause, fix.testName, fix.fixSummary];

function costOf({ calls, reportedUsd }: FilteredRun): { usd: number | null; source: CostSource } {
  const priced = calls.flatMap(({ costUsd }) => costUsd ?? []);
  if (priced.length > 0) return { usd: priced.reduce((sum, cost) => sum + cost, 0), source: "LLM_LOG" };
  return { usd: reportedUsd, source: reportedUsd === null ? "NONE" : "EXECUTOR_REPORTED" };
}

/** Whether a filter leaves a run, read as its description in the schema says. */
export function leavesRun(filter: ExecutionFilter, told: FilteredRun): boolean {
  const isEnded = told.status === "COMPLETED" || told.status === "FAILED";
  const completedAt = isEnded ? at(told.startedAfter + told.seconds) : null;
  const { usd: costUsd, source } = costOf(told);
  return [
    is(told.wsId, filter.wsId) && isIn(told.wsId, filter.wsIdIn) && begins(told.wsId, filter.wsIdPrefix),
    is(told.wpId, filter.wpId) && isIn(told.wpId, filter.wpIdIn) && begins(told.wpId, filter.wpIdPrefix),
    is(told.executor, filter.executor) && isIn(told.executor, filter.executorIn),
    begins(told.executor, filter.executorPrefix),
    is(told.scopeId, filter.scopeId) && isIn(told.scopeId, filter.scopeIdIn),
    isIn(told.llmModel, filter.llmModelIn),
    isIn(told.status, filter.status) && isIn(source, filter.costSource),
    isBetween(at(told.startedAfter), filter.startedFrom, filter.startedTo),
    isBetween(completedAt, filter.completedFrom, filter.completedTo),
    isBetween(isEnded ? told.seconds : null, filter.durationFrom, filter.durationTo),
    isBetween(costUsd, filter.costFrom, filter.costTo),
    told.rework >= (filter.reworkAtLeast ?? 0),
    is(told.bugFixes.length > 0, filter.hasBugFixes),
    is(
      told.calls.some((call) => call.costUsd === null),
      filter.hasUnpricedCalls,
    ),
    holds([told.wsId, told.wpId, ...told.bugFixes.flatMap(textsOf)], filter.text),
  ].every(Boolean);
}

/** Whether a filter leaves a bug fix of a run. */
export function leavesBugFix(filter: BugFixFilter, told: FilteredRun, fix: FilteredBugFix): boolean {
  return [
    is(told.wsId, filter.wsId) && is(told.wpId, filter.wpId) && is(told.executor, filter.executor),
    is(fix.scopeId, filter.scopeId) && is(fix.autonomous, filter.autonomous),
    begins(fix.testName, filter.testNamePrefix) && holds(textsOf(fix), filter.text),
  ].every(Boolean);
}
