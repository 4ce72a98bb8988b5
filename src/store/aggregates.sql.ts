import { type SQL, sql } from "drizzle-orm";
import type { Range } from "../domain/report.js";
import type { Status } from "../vocabulary.js";
import { within } from "./range.sql.js";
import { literal, literals } from "./words.sql.js";

/** A number, or null, which drizzle hands on as it is. */
const numberOrNull = (expression: SQL) => expression.mapWith(Number) as SQL<number | null>;

/** A count or sum, 0 where there is nothing to add. */
export const sumOf = (expression: SQL) => sql<number>`coalesce(${expression}, 0)`.mapWith(Number);

/** An average, rate or percentile, null where there is nothing to measure; rounded to the 15 digits that are exact. */
export const measureOf = (expression: SQL) => numberOrNull(sql`(${expression})::numeric`);

/** A fraction from 0 to 1, null of nothing. */
export const rate = (part: SQL, whole: SQL) => measureOf(sql`(${part})::numeric / nullif(${whole}, 0)`);

export const isCompleted = sql`status = ${literal<Status>("COMPLETED")}`;

/** How many runs have one of these statuses. */
export const countOf = (statuses: readonly Status[]): SQL =>
  sql`count(*) filter (where status in (${literals(statuses)}))`;

export const completedCount = countOf(["COMPLETED"]);

/** The figures that reports share, over whatever runs the statement groups: each formula stands here once. */
export const runFigures = {
  completedCount: sumOf(completedCount),
  averageDurationSeconds: measureOf(sql`avg(duration_seconds) filter (where ${isCompleted})`),
  llmCostUsd: sumOf(sql`sum(cost_usd)`),
  /** All cost of the runs / completed runs, rounded to 6 decimals; null when no run has a known cost. */
  costPerCompletedUsd: numberOrNull(sql`round(sum(cost_usd) / nullif(${completedCount}, 0), 6)`),
};

/** Bug fixes that needed no human. They are placed by the time they were recorded, not by their run. */
export const autonomousBugFixCount = (range: Range) =>
  sumOf(sql`(select count(*) from ws_bug_fixes where autonomous and ${within(sql`created_at`, range)})`);
