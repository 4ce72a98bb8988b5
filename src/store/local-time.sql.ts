import { type SQL, sql } from "drizzle-orm";

/**
 * The first instant whose clock in `zone` reads the local midnight `local`. PostgreSQL reads a midnight that a
 * zone skips as the instant of the jump, which is the day's first; of a midnight that comes twice it takes the
 * second, so the one under the offset of the day before is preferred where it reads the same.
 */
export function firstInstantOf(local: SQL, zone: string): SQL {
  const instant = sql`(${local} at time zone ${zone})`;
  const dayBefore = sql`(${instant} - interval '24 hours')`;
  const offsetBefore = sql`((${dayBefore} at time zone ${zone}) - (${dayBefore} at time zone 'UTC'))`;
  const earlier = sql`((${local} - ${offsetBefore}) at time zone 'UTC')`;
  return sql`least(${instant}, case when ${earlier} at time zone ${zone} = ${local} then ${earlier} end)`;
}

/** The first and the last shift of the clocks in `zone` after one instant, up to another; clocks shift at quarters of hours. */
export function shiftsOf(zone: string, { from, to }: { readonly from: SQL; readonly to: SQL }) {
  const offset = (instant: SQL) =>
    sql`((${instant}) at time zone ${zone}) - ((${instant}) at time zone 'UTC')`;
  const mark = sql`mark`;
  const marks = sql`generate_series(date_trunc('hour', ${from}), ${to}, interval '15 minutes') as mark
    where mark > ${from} and ${offset(mark)} <> ${offset(sql`mark - interval '1 microsecond'`)}`;
  return { first: sql`(select min(mark) from ${marks})`, last: sql`(select max(mark) from ${marks})` };
}
