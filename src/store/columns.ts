import { numeric, timestamp } from "drizzle-orm/pg-core";

/** An instant, to the millisecond. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
/** One amount: at most 6 decimals, below a million. */
export const usd = (name: string) => numeric(name, { precision: 12, scale: 6, mode: "number" });
/** A sum of amounts. */
export const usdSum = (name: string) => numeric(name, { precision: 18, scale: 6, mode: "number" });
