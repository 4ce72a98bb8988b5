import { bigint, pgTable, uuid, varchar } from "drizzle-orm/pg-core";
import { instant, usdSum } from "./columns.js";

/** One pass over everything that is priced, and how far it got. */
export const repricings = pgTable("repricings", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  priceVersion: varchar("price_version").notNull(),
  startedAt: instant("started_at").notNull(),
  finishedAt: instant("finished_at"),
  /** The last call and the last execution that were looked at. */
  lastSourceKey: varchar("last_source_key"),
  lastExecutionId: uuid("last_execution_id"),
  callCount: bigint("call_count", { mode: "number" }).notNull().default(0),
  changedCallCount: bigint("changed_call_count", { mode: "number" }).notNull().default(0),
  newlyPricedCallCount: bigint("newly_priced_call_count", { mode: "number" }).notNull().default(0),
  unknownPriceCount: bigint("unknown_price_count", { mode: "number" }).notNull().default(0),
  executionCount: bigint("execution_count", { mode: "number" }).notNull().default(0),
  changedExecutionCount: bigint("changed_execution_count", { mode: "number" }).notNull().default(0),
  /** What all changes together did to the cost that counts. */
  differenceUsd: usdSum("difference_usd").notNull().default(0),
});
