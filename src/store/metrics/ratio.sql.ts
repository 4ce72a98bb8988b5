import { type SQL, sql } from "drizzle-orm";

/** How many facts a condition holds of. */
export const countWhere = (condition: SQL): SQL => sql`count(*) filter (where ${condition})`;

/** A part of a whole; null of nothing. */
export const ratio = (part: SQL, whole: SQL): SQL => sql`(${part})::numeric / nullif(${whole}, 0)`;
