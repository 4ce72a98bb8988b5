import { type SQL, sql } from "drizzle-orm";

/** Columns of a set of runs, as a report names them. */
const completed = sql`status = 'COMPLETED'`;
const completedCount = sql`count(*) filter (where ${completed})`;

const nullableNumber = (value: unknown): number | null => (value === null ? null : Number(value));

/** A count or sum, 0 where there is nothing to add. */
export const sumOf = (expression: SQL) => sql<number>`coalesce(${expression}, 0)`.mapWith(Number);
/** An average, rate or percentile, null where there is nothing to measure; rounded to the 15 digits that are exact. */
export const measureOf = (expression: SQL) =>
  sql<number | null>`(${expression})::numeric`.mapWith(nullableNumber);
export const rate = (part: SQL, whole: SQL) => measureOf(sql`(${part})::numeric / nullif(${whole}, 0)`);

/** The figures that reports share, over whatever runs the statement groups: each formula stands here once. */
export const runFigures = {
  completedCount: sumOf(completedCount),
  averageDurationSeconds: measureOf(sql`avg(duration_seconds) filter (where ${completed})`),
  llmCostUsd: sumOf(sql`sum(cost_usd)`),
  /** All cost of the runs / completed runs, rounded to 6 decimals; null when no run has a known cost. */
  costPerCompletedUsd: sql<number | null>`round(sum(cost_usd) / nullif(${completedCount}, 0), 6)`.mapWith(
    nullableNumber,
  ),
};

export const completedRuns = completedCount;
export const whereCompleted = completed;
