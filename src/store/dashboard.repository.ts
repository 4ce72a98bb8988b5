import { type SQL, sql } from "drizzle-orm";
import type { Dashboard } from "../domain/report.js";
import type { Interval } from "../vocabulary.js";
import { autonomousBugFixCount, isCompleted, measureOf, runFigures, sumOf } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { firstInstantOf } from "./local-time.sql.js";
import { within } from "./range.sql.js";

export interface DashboardQuestion {
  readonly from: Date;
  readonly to: Date;
  readonly interval: Interval;
  readonly timeZone: string;
}

/** The figures of a period and of each of its buckets, aggregated by one statement so that they add up. */
export async function dashboard(db: Database, question: DashboardQuestion): Promise<Omit<Dashboard, "asOf">> {
  const rows = await db
    .select({
      start: instantOf("start_at"),
      end: instantOf("end_at"),
      isTotal: sql<number>`grouping(start_at)`.mapWith(Boolean),
      ...runFigures,
      testsWritten: sumOf(sql`sum(tests_written)`),
      averageReworkCycles: measureOf(sql`avg(rework_cycles) filter (where ${isCompleted})`),
      autonomousBugFixCount: autonomousBugFixCount(question),
    })
    .from(sql`(${runsByBucket(question)}) as buckets`)
    .groupBy(sql`grouping sets ((start_at, end_at), ())`)
    .orderBy(sql`grouping(start_at)`, sql`start_at`);
  const total = rows.find(({ isTotal }) => isTotal);
  if (total === undefined) throw new Error("an aggregate over no rows still has its total");
  return {
    from: question.from,
    to: question.to,
    completedCount: total.completedCount,
    averageDurationSeconds: total.averageDurationSeconds,
    testsWritten: total.testsWritten,
    autonomousBugFixCount: total.autonomousBugFixCount,
    llmCostUsd: total.llmCostUsd,
    averageReworkCycles: total.averageReworkCycles,
    costPerWsUsd: total.costPerCompletedUsd,
    trend: rows
      .filter(({ isTotal }) => !isTotal)
      .map(({ start, end, completedCount, llmCostUsd, costPerCompletedUsd }) => ({
        start,
        end,
        completedCount,
        llmCostUsd,
        costPerWsUsd: costPerCompletedUsd,
      })),
  };
}

/**
 * Every bucket that has a length, with its runs or once without. Runs are placed by their instant: by their local
 * date one could fall out of a bucket, where a clock that is set back reads yesterday again after midnight.
 */
function runsByBucket({ interval, timeZone, ...range }: DashboardQuestion): SQL {
  const start = sql`${range.from.toISOString()}::timestamptz`;
  const end = sql`${range.to.toISOString()}::timestamptz`;
  const step = sql`${`1 ${interval}`}::interval`;
  const bucketOf = (instant: SQL) => sql`date_trunc(${interval}, ${instant} at time zone ${timeZone})`;
  return sql`
    with edges as (
      select local, ${firstInstantOf(sql`local`, timeZone)} as edge
      from generate_series(${bucketOf(start)}, ${bucketOf(end)} + ${step}, ${step}) as local
    ), clipped as (
      select
        greatest(edge, ${start}) as start_at,
        least(lead(edge) over (order by local), ${end}) as end_at
      from edges
    ), buckets as (
      select start_at, end_at, row_number() over (order by start_at) as bucket
      from clipped
      where start_at < end_at
    )
    select *
    from buckets
    left join (
      select
        width_bucket(started_at, (select array_agg(start_at order by start_at) from buckets)) as bucket,
        status, duration_seconds, tests_written, rework_cycles, cost_usd
      from ws_executions
      where ${within(sql`started_at`, range)}
    ) as runs using (bucket)`;
}

function instantOf(column: string) {
  return sql<Date>`extract(epoch from ${sql.identifier(column)}) * 1000`.mapWith(
    (ms) => new Date(Number(ms)),
  );
}
