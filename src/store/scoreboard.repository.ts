import { sql } from "drizzle-orm";
import type { Range, WindowFigures } from "../domain/report.js";
import { finalStatuses, type Status, statuses } from "../vocabulary.js";
import { measureOf, runFigures } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { durationPercentile } from "./duration-percentile.sql.js";
import { keptSums, measures, spanOf } from "./kept-sums.sql.js";

const figures = runFigures("sums");

/** Which percentile of the durations is shown. */
export const shownPercentile = 0.95;

/** The columns of what a scoreboard says, but for the percentile, which no sums tell. */
export const scoreboardColumns = {
  totalRuns: figures.countOf(statuses),
  completedRuns: figures.completedCount,
  successRate: figures.completedAmong(statuses),
  settledSuccessRate: figures.completedAmong(finalStatuses),
  averageDurationSeconds: figures.averageDurationSeconds,
  firstPassVerifyRate: figures.firstPassVerifyRate,
  llmCostUsd: figures.llmCostUsd,
  costPerCompletedWsUsd: figures.costPerCompletedUsd,
  autonomousBugFixCount: figures.autonomousBugFixCount,
};

const byStatus = Object.fromEntries(
  statuses.map((status) => [status, figures.countOf([status])]),
) as Readonly<Record<Status, ReturnType<typeof figures.countOf>>>; // fromEntries forgets which keys there are

/** The figures of the runs that started in a range. It is prepared, for planning takes about as long as reading. */
export async function scoreboard(db: Database, range: Range): Promise<WindowFigures> {
  const [row] = await db
    .select({
      ...scoreboardColumns,
      p95DurationSeconds: measureOf(durationPercentile(range, shownPercentile)),
      byStatus,
    })
    .from(sql`(${keptSums(spanOf(range), measures)}) as sums`)
    .prepare("scoreboard")
    .execute();
  if (row === undefined) throw new Error("an aggregate over no rows still has one");
  const { byStatus: counts, ...others } = row;
  return {
    ...range,
    ...others,
    runsByStatus: statuses.map((status) => ({ status, count: counts[status] })),
  };
}
