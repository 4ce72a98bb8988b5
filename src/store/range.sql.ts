import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import type { Range } from "../domain/report.js";

/** Whether a time lies in a half-open range. */
export function within(time: AnyColumn | SQL, { from, to }: Range): SQL {
  const before = sql`${time} < ${to.toISOString()}`;
  return from === null ? before : sql`${time} >= ${from.toISOString()} and ${before}`;
}
