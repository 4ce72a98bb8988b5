import { type SQL, sql } from "drizzle-orm";
import type { Status } from "../vocabulary.js";
import type { Measure } from "./kept-sums.sql.js";

/** A number, or null, which drizzle hands on as it is. */
const numberOrNull = (expression: SQL) => expression.mapWith(Number) as SQL<number | null>;

/** A count or sum, 0 where there is nothing to add. */
export const sumOf = (expression: SQL) => sql<number>`coalesce(${expression}, 0)`.mapWith(Number);

/** An average, rate or percentile, null where there is nothing to measure; rounded to the 15 digits that are exact. */
export const measureOf = (expression: SQL) => numberOrNull(sql`(${expression})::numeric`);

/** A fraction from 0 to 1, or an average; null of nothing. */
export const rate = (part: SQL, whole: SQL) => measureOf(sql`(${part})::numeric / nullif(${whole}, 0)`);

const countColumns = {
  STARTED: "started_count",
  BLOCKED: "blocked_count",
  COMPLETED: "completed_count",
  FAILED: "failed_count",
  HARD_STOP: "hard_stop_count",
} as const satisfies Readonly<Record<Status, Measure>>;

/** What reports say about the runs that `sums`, a relation of kept sums, is about: each formula stands here once. */
export function runFigures(sums: string) {
  const sum = (measure: Measure) => sql`${sql.identifier(sums)}.${sql.identifier(measure)}`;
  const countOf = (statuses: readonly Status[]) =>
    sql`(${sql.join(
      statuses.map((status) => sum(countColumns[status])),
      sql` + `,
    )})`;
  const completedCount = sum("completed_count");
  return {
    /** How many runs have one of these statuses. */
    countOf: (statuses: readonly Status[]) => sumOf(countOf(statuses)),
    /** The fraction of completed runs among those that have one of these statuses. */
    completedAmong: (statuses: readonly Status[]) => rate(completedCount, countOf(statuses)),
    completedCount: sumOf(completedCount),
    averageDurationSeconds: rate(sum("completed_seconds"), completedCount),
    averageReworkCycles: rate(sum("completed_rework_cycles"), completedCount),
    firstPassVerifyRate: rate(sum("first_pass_count"), completedCount),
    testsWritten: sumOf(sum("tests_written")),
    /** Bug fixes that needed no human. They are placed by the time they were recorded, not by their run. */
    autonomousBugFixCount: sumOf(sum("autonomous_bug_fix_count")),
    llmCostUsd: sumOf(sum("cost_usd")),
    /** All cost of the runs / completed runs, rounded to 6 decimals; null when no run has a known cost. */
    costPerCompletedUsd: numberOrNull(
      sql`case when ${sum("known_cost_count")} > 0 then round(${sum("cost_usd")} / nullif(${completedCount}, 0), 6) end`,
    ),
  };
}
