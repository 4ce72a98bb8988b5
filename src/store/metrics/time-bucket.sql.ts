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
  const local = (instant: SQL) => sql`(${instant} at time zone ${zone})`;
  const hourOf = (instant: SQL) => sql`date_trunc('hour', ${local(instant)})`;
  const hour = sql`interval '1 hour'`;
  return {
    of: (instant) => {
      const whole = sql`(${instant} - (${local(instant)} - ${hourOf(instant)}))`;
      if (zone === "UTC") return whole;
      const shift = shiftsOf(zone, { from: sql`${instant} - ${hour}`, to: instant });
      return sql`case when ${local(whole)} = ${hourOf(instant)} then ${whole} else coalesce(${shift.last}, ${whole}) end`;
    },
    start: (bucket) => bucket,
    end: (bucket) => {
      const whole = sql`${bucket} + ${hour} - (${local(bucket)} - ${hourOf(bucket)})`;
      return sql`least(${whole}, ${shiftsOf(zone, { from: bucket, to: whole }).first})`;
    },
  };
}
