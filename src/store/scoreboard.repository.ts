import { sql } from "drizzle-orm";
import type { Range, Scoreboard } from "../domain/report.js";
import { finalStatuses, type Status, statuses } from "../vocabulary.js";
import {
  autonomousBugFixCount,
  completedCount,
  countOf,
  isCompleted,
  measureOf,
  rate,
  runFigures,
  sumOf,
} from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { wsExecutions } from "./execution.table.js";
import { within } from "./range.sql.js";

const byStatus = Object.fromEntries(statuses.map((status) => [status, sumOf(countOf([status]))])) as Record<
  Status,
  ReturnType<typeof sumOf>
>; // fromEntries forgets which keys there are

/** The figures of the runs that started in a range. */
export async function scoreboard(db: Database, range: Range): Promise<Omit<Scoreboard, "window" | "asOf">> {
  const [row] = await db
    .select({
      totalRuns: sumOf(sql`count(*)`),
      ...runFigures,
      successRate: rate(completedCount, sql`count(*)`),
      settledSuccessRate: rate(completedCount, countOf(finalStatuses)),
      p95DurationSeconds: measureOf(
        sql`percentile_cont(0.95) within group (order by duration_seconds) filter (where ${isCompleted})`,
      ),
      firstPassVerifyRate: rate(
        sql`count(*) filter (where ${isCompleted} and rework_cycles = 0)`,
        completedCount,
      ),
      autonomousBugFixCount: autonomousBugFixCount(range),
      byStatus,
    })
    .from(wsExecutions)
    .where(within(wsExecutions.startedAt, range));
  if (row === undefined) throw new Error("an aggregate over no rows still has one");
  const { byStatus: counts, completedCount: completedRuns, costPerCompletedUsd, ...figures } = row;
  return {
    ...range,
    ...figures,
    completedRuns,
    costPerCompletedWsUsd: costPerCompletedUsd,
    runsByStatus: statuses.map((status) => ({ status, count: counts[status] })),
  };
}
