import { type SQL, sql } from "drizzle-orm";
import type { TimeGrain } from "../../vocabulary.js";
import { firstInstantOf } from "../local-time.sql.js";

/** Pieces of local time, and where they begin and end. */
export interface TimeBuckets {
  /** What all instants of one bucket have in common. */
  readonly of: (instant: SQL) => SQL;
  /** The instant at which a bucket begins. */
  readonly start: (bucket: SQL) => SQL;
  /** The instant at which the next one begins. */
  readonly end: (bucket: SQL) => SQL;
}

/** The buckets of a grain in a time zone; weeks begin on Monday. Of an hour that clocks go through twice there are two. */
export function timeBuckets(grain: TimeGrain, zone: string): TimeBuckets {
  const local = (instant: SQL) => sql`(${instant} at time zone ${zone})`;
  if (grain === "hour") {
    return {
      of: (instant) => sql`${instant} - (${local(instant)} - date_trunc('hour', ${local(instant)}))`,
      start: (bucket) => bucket,
      end: (bucket) => sql`${bucket} + interval '1 hour'`,
    };
  }
  const unit = sql.raw(`'${grain}'`);
  return {
    of: (instant) => sql`date_trunc(${unit}, ${local(instant)})`,
    start: (bucket) => firstInstantOf(bucket, zone),
    end: (bucket) => firstInstantOf(sql`(${bucket} + ('1 ' || ${unit})::interval)`, zone),
  };
}
