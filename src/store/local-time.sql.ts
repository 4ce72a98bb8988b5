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
