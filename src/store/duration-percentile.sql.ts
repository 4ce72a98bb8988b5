import { type SQL, sql } from "drizzle-orm";
import type { Range } from "../domain/report.js";
import { nearest, spanOf } from "./kept-sums.sql.js";

/**
 * `percentile_cont` of the durations of the completed runs of a range, null without any. Kept counts of durations
 * tell which bucket the two runs next to its rank are in; only runs as long as those of that bucket are read.
 */
export function durationPercentile(range: Range, fraction: number): SQL {
  return sql`
    with span as (
      select *, ${nearest(sql`start_at`, "day")} as first_day, ${nearest(sql`end_at`, "day")} as last_day
      from (${spanOf(range)}) as range
    ), counts as (
      select duration_bucket, completed_count
      from span, duration_sums
      where day >= first_day and day < last_day
      union all
      select duration_bucket, completed_count
      from span, run_sum_changes as change
      where duration_bucket is not null and change.start_at >= first_day and change.start_at < last_day
      union all
      select duration_bucket, factor * completed_count
      from span
      cross join lateral (values
        (1, last_day, end_at), (-1, end_at, last_day), (-1, first_day, span.start_at), (1, span.start_at, first_day)
      ) as part(factor, from_at, to_at)
      cross join lateral (
        select duration_bucket, sum(completed_count) as completed_count
        from ws_executions as run, run_measures(run, 1) as measures
        where part.from_at < part.to_at and run.started_at >= part.from_at and run.started_at < part.to_at
        group by duration_bucket
      ) as facts
      where duration_bucket is not null
    ), buckets as (
      select
        duration_bucket,
        sum(sum(completed_count)) over (order by duration_bucket) as count_up_to,
        sum(sum(completed_count)) over (order by duration_bucket) - sum(completed_count) as count_before,
        ${sql.raw(String(fraction))}::float8 * (sum(sum(completed_count)) over () - 1)::float8 as rank
      from counts
      group by duration_bucket
    ), durations as (
      select
        duration_seconds,
        rank,
        min(count_before) over () + sum(run_count) over (order by duration_seconds) as count_up_to
      from buckets
      cross join span
      cross join lateral (
        select duration_seconds, count(*) as run_count
        from ws_executions as run
        where
          run.status = 'COMPLETED' and run.started_at >= span.start_at and run.started_at < span.end_at
          and run.duration_seconds >= duration_bucket
          and run.duration_seconds < duration_bucket + duration_bucket_width(duration_bucket)
        group by duration_seconds
      ) as runs
      where count_before <= ceil(rank) and count_up_to > floor(rank)
    ), neighbours as (
      select
        min(duration_seconds) filter (where count_up_to > floor(rank)) as lower,
        min(duration_seconds) filter (where count_up_to > ceil(rank)) as upper,
        min(rank - floor(rank)) as share
      from durations
    )
    select lower + share * (upper - lower) from neighbours`;
}
