import { type SQL, sql } from "drizzle-orm";
import type { TimeGrain } from "../../vocabulary.js";
import { firstInstantOf, shiftsOf } from "../local-time.sql.js";

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
  if (grain === "hour") return hoursOf(zone);
  const unit = sql.raw(`'${grain}'`);
  const next = (bucket: SQL) => sql`(${bucket} + ('1 ' || ${unit})::interval)`;
  return {
    of: (instant) => {
      const bucket = sql`date_trunc(${unit}, ${local(instant)})`;
      if (zone === "UTC") return bucket;
      // Clocks that go back over midnight show the day before again, after the first instant of the next.
      const unturned = sql`${local(sql`(${instant} - interval '24 hours')`)} + interval '24 hours'`;
      const isOver = sql`${bucket} < date_trunc(${unit}, ${unturned})
        and ${firstInstantOf(next(bucket), zone)} <= ${instant}`;
      return sql`case when ${isOver} then ${next(bucket)} else ${bucket} end`;
    },
    start: (bucket) => firstInstantOf(bucket, zone),
    end: (bucket) => firstInstantOf(next(bucket), zone),
  };
}

/** Local hours, of which clocks that shift by half an hour cut some short. */
function hoursOf(zone: string): TimeBuckets {
  const hour = sql`interval '1 hour'`;
  /** Where the hour would have begun under the offset of the instant. */
  const whole = (instant: SQL) => sql`date_trunc('hour', ${instant}, ${zone})`;
  return {
    of: (instant) => {
      const start = whole(instant);
      if (zone === "UTC") return start;
      const shift = shiftsOf(zone, { from: sql`${instant} - ${hour}`, to: instant });
      return sql`case when ${whole(start)} = ${start} then ${start} else coalesce(${shift.last}, ${start}) end`;
    },
    start: (bucket) => bucket,
    end: (bucket) => {
      const next = sql`${whole(bucket)} + ${hour}`;
      return sql`least(${next}, ${shiftsOf(zone, { from: bucket, to: next }).first})`;
    },
  };
}
