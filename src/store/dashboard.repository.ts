import { type SQL, sql } from "drizzle-orm";
import type { Dashboard, PeriodFigures, Range } from "../domain/report.js";
import type { Interval } from "../vocabulary.js";
import { runFigures } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { instantOf } from "./instant.sql.js";
import { keptSums, measures, spanOf } from "./kept-sums.sql.js";
import { firstInstantOf } from "./local-time.sql.js";

/** A period, and how it is cut into buckets: by local midnights of a time zone. */
export interface DashboardQuestion {
  readonly from: Date;
  readonly to: Date;
  readonly interval: Interval;
  readonly timeZone: string;
}

const ofPeriod = runFigures("period");
const ofBucket = runFigures("bucket");

const periodColumns = {
  completedCount: ofPeriod.completedCount,
  averageDurationSeconds: ofPeriod.averageDurationSeconds,
  testsWritten: ofPeriod.testsWritten,
  autonomousBugFixCount: ofPeriod.autonomousBugFixCount,
  llmCostUsd: ofPeriod.llmCostUsd,
  averageReworkCycles: ofPeriod.averageReworkCycles,
  costPerWsUsd: ofPeriod.costPerCompletedUsd,
};

/** The figures of a period, without a trend. */
export async function periodFigures(db: Database, range: Range): Promise<PeriodFigures> {
  const [row] = await db
    .select(periodColumns)
    .from(sql`(${keptSums(spanOf(range), measures)}) as period`)
    .prepare("period_figures")
    .execute();
  if (row === undefined) throw new Error("an aggregate over no rows still has one");
  return row;
}

/** The figures of a period and of each of its buckets, read by one statement so that they add up. */
export async function dashboard(
  db: Database,
  question: DashboardQuestion,
): Promise<Omit<Dashboard, "asOf" | "isSmallSample">> {
  const rows = await db
    .select({
      period: periodColumns,
      bucket: {
        start: instantOf(sql`bucket.start_at`),
        end: instantOf(sql`bucket.end_at`),
        completedCount: ofBucket.completedCount,
        llmCostUsd: ofBucket.llmCostUsd,
        costPerWsUsd: ofBucket.costPerCompletedUsd,
      },
    })
    .from(sql`(${keptSums(spanOf(question), measures)}) as period`)
    .crossJoin(
      sql`(${keptSums(bucketsOf(question), ["completed_count", "cost_usd", "known_cost_count"])}) as bucket`,
    )
    .orderBy(sql`bucket.start_at`)
    .prepare("dashboard")
    .execute();
  const [first] = rows;
  if (first === undefined) throw new Error("a period that has a length has a bucket");
  return { ...question, ...first.period, trend: rows.map(({ bucket }) => bucket) };
}

/** Every bucket that has a length. */
function bucketsOf({ interval, timeZone, from, to }: DashboardQuestion): SQL {
  const start = sql`${from.toISOString()}::timestamptz`;
  const end = sql`${to.toISOString()}::timestamptz`;
  const step = sql`${`1 ${interval}`}::interval`;
  const bucketOf = (instant: SQL) => sql`date_trunc(${interval}, ${instant} at time zone ${timeZone})`;
  return sql`
    select start_at, end_at
    from (
      select
        greatest(edge, ${start}) as start_at,
        least(lead(edge) over (order by local), ${end}) as end_at
      from (
        select local, ${firstInstantOf(sql`local`, timeZone)} as edge
        from generate_series(${bucketOf(start)}, ${bucketOf(end)} + ${step}, ${step}) as local
      ) as edges
    ) as clipped
    where start_at < end_at`;
}
