import { type AnyColumn, and, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { ExecutionFilter } from "../domain/page.js";
import { wsBugFixes } from "./bug-fix.table.js";
import { wsExecutions } from "./execution.table.js";
import { contains, given, startsWith } from "./matching.sql.js";

/** The columns of `ws_executions` that filters read, under whatever name a statement gives the table. */
export type FilteredRuns = Readonly<
  Record<
    | "id"
    | "wsId"
    | "wpId"
    | "executor"
    | "scopeId"
    | "llmModel"
    | "status"
    | "startedAt"
    | "completedAt"
    | "durationSeconds"
    | "costUsd"
    | "costSource"
    | "reworkCycles"
    | "loggedUnpricedCallCount",
    AnyColumn
  >
>;

/**
 * Whether a run matches; undefined when everything does.
 * @param runs `ws_executions`, or an alias of it made with drizzle's `alias`
 */
export function matchesExecution(
  filter: ExecutionFilter,
  runs: FilteredRuns = wsExecutions,
): SQL | undefined {
  return and(...ofNames(filter, runs), ...ofRanges(filter, runs), ...ofFacts(filter, runs));
}

function ofNames(filter: ExecutionFilter, runs: FilteredRuns): readonly (SQL | undefined)[] {
  const among = (column: AnyColumn) => (values: readonly string[]) => inArray(column, [...values]);
  return [
    given(filter.wsId, (id) => eq(runs.wsId, id)),
    given(filter.wsIdIn, among(runs.wsId)),
    given(filter.wsIdPrefix, (prefix) => startsWith(runs.wsId, prefix)),
    given(filter.wpId, (id) => eq(runs.wpId, id)),
    given(filter.wpIdIn, among(runs.wpId)),
    given(filter.wpIdPrefix, (prefix) => startsWith(runs.wpId, prefix)),
    given(filter.executor, (name) => eq(runs.executor, name)),
    given(filter.executorIn, among(runs.executor)),
    given(filter.executorPrefix, (prefix) => startsWith(runs.executor, prefix)),
    given(filter.scopeId, (id) => eq(runs.scopeId, id)),
    given(filter.scopeIdIn, among(runs.scopeId)),
    given(filter.llmModelIn, among(runs.llmModel)),
    given(filter.status, among(runs.status)),
    given(filter.costSource, among(runs.costSource)),
  ];
}

function ofRanges(filter: ExecutionFilter, runs: FilteredRuns): readonly (SQL | undefined)[] {
  return [
    given(filter.startedFrom, (time) => gte(runs.startedAt, time)),
    given(filter.startedTo, (time) => lt(runs.startedAt, time)),
    given(filter.completedFrom, (time) => gte(runs.completedAt, time)),
    given(filter.completedTo, (time) => lt(runs.completedAt, time)),
    given(filter.durationFrom, (seconds) => gte(runs.durationSeconds, seconds)),
    given(filter.durationTo, (seconds) => lt(runs.durationSeconds, seconds)),
    given(filter.costFrom, (usd) => gte(runs.costUsd, usd)),
    given(filter.costTo, (usd) => lt(runs.costUsd, usd)),
    given(filter.reworkAtLeast, (cycles) => gte(runs.reworkCycles, cycles)),
  ];
}

function ofFacts(filter: ExecutionFilter, runs: FilteredRuns): readonly (SQL | undefined)[] {
  return [
    given(filter.hasBugFixes, (has) => (has ? hasBugFix(runs) : sql`not ${hasBugFix(runs)}`)),
    given(filter.hasUnpricedCalls, (has) => sql`(${runs.loggedUnpricedCallCount} > 0) = ${has}`),
    // Among all runs it is cheaper to find those with the phrase at once, among those of some days to look at each.
    given(filter.text, (text) =>
      filter.startedFrom === undefined ? isAmongThoseWith(runs, text) : hasText(runs, text),
    ),
  ];
}

const hasText = (runs: FilteredRuns, text: string) =>
  or(containsInIds(runs, text), hasBugFix(runs, bugFixContains(text)));

const isAmongThoseWith = ({ id }: FilteredRuns, text: string) => sql`${id} in (
  select ${wsBugFixes.wsExecutionId} from ${wsBugFixes} where ${bugFixContains(text)}
  union all select ${wsExecutions.id} from ${wsExecutions} where ${containsInIds(wsExecutions, text)}
)`;

const containsInIds = ({ wsId, wpId }: FilteredRuns, text: string) =>
  or(contains(wsId, text), contains(wpId, text));

const hasBugFix = ({ id }: FilteredRuns, which?: SQL) =>
  sql`exists (select from ${wsBugFixes} where ${and(eq(wsBugFixes.wsExecutionId, id), which)})`;

/** Whether a phrase stands in a text of a bug fix, in whatever case. */
export function bugFixContains(text: string): SQL | undefined {
  const { description, rootCause, testName, fixSummary } = wsBugFixes;
  return or(...[description, rootCause, testName, fixSummary].map((column) => contains(column, text)));
}
