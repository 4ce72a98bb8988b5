import { type SQL, sql } from "drizzle-orm";

/** An instant that a statement computes, as a `Date`, to the millisecond; it must be finite. */
export const instantOf = (instant: SQL) =>
  sql<Date>`extract(epoch from ${instant}) * 1000`.mapWith((ms) => new Date(Number(ms)));
