import { type SQL, sql } from "drizzle-orm";

/**
 * The first instant whose clock in `zone` reads the local midnight `local`. PostgreSQL reads a midnight that a
 * zone skips as the instant of the jump, which is the day's first; of a midnight that comes twice it takes the
 * second, so the one an hour before is preferred where it reads the same.
 */
export function firstInstantOf(local: SQL, zone: string): SQL {
  const instant = sql`(${local} at time zone ${zone})`;
  const hourBefore = sql`(${instant} - interval '1 hour')`;
  return sql`least(${instant}, case when ${hourBefore} at time zone ${zone} = ${local} then ${hourBefore} end)`;
}
