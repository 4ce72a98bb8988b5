import { and, gte, lt, sql } from "drizzle-orm";
import type { Range, Scoreboard } from "../domain/report.js";
import { finalStatuses, type Status, statuses } from "../vocabulary.js";
import { completedRuns, measureOf, rate, runFigures, sumOf, whereCompleted } from "./aggregates.sql.js";
import { autonomousBugFixes } from "./dashboard.repository.js";
import type { Database } from "./database.js";
import { wsExecutions } from "./tables.js";

const countOf = (...of: readonly Status[]) =>
  sql`count(*) filter (where status in (${sql.join(
    of.map((status) => sql`${status}`),
    sql`, `,
  )}))`;

const byStatus = Object.fromEntries(statuses.map((status) => [status, sumOf(countOf(status))])) as Record<
  Status,
  ReturnType<typeof sumOf>
>;

/** The figures of the runs that started in a range. */
export async function scoreboard(db: Database, range: Range): Promise<Omit<Scoreboard, "window" | "asOf">> {
  const [row] = await db
    .select({
      totalRuns: sumOf(sql`count(*)`),
      ...runFigures,
      successRate: rate(completedRuns, sql`count(*)`),
      settledSuccessRate: rate(completedRuns, countOf(...finalStatuses)),
      p95DurationSeconds: measureOf(
        sql`percentile_cont(0.95) within group (order by duration_seconds) filter (where ${whereCompleted})`,
      ),
      firstPassVerifyRate: rate(
        sql`count(*) filter (where ${whereCompleted} and rework_cycles = 0)`,
        completedRuns,
      ),
      autonomousBugFixCount: autonomousBugFixes(range),
      byStatus,
    })
    .from(wsExecutions)
    .where(
      and(
        range.from === null ? undefined : gte(wsExecutions.startedAt, range.from),
        lt(wsExecutions.startedAt, range.to),
      ),
    );
  if (row === undefined) throw new Error("an aggregate over no rows still has one");
  const { byStatus: counts, completedCount, costPerCompletedUsd, ...figures } = row;
  return {
    ...range,
    ...figures,
    completedRuns: completedCount,
    costPerCompletedWsUsd: costPerCompletedUsd,
    runsByStatus: statuses.map((status) => ({ status, count: counts[status] })),
  };
}
