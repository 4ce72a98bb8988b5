import { type SQL, sql } from "drizzle-orm";

/** A part of a whole; null of nothing. */
export const ratio = (part: SQL, whole: SQL): SQL => sql`(${part})::numeric / nullif(${whole}, 0)`;
