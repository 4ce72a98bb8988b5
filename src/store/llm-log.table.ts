import { bigint, pgTable, uuid, varchar } from "drizzle-orm/pg-core";
import { instant } from "./columns.js";

/** How far the calls of an external log were copied; one row per log. */
export const llmLogCopies = pgTable("llm_log_copies", {
  logTable: varchar("log_table").primaryKey(),
  /** Rows that started before are copied and never read again. */
  settledUntil: instant("settled_until"),
  /** Everything logged before this instant, and within 48 hours of its start, is copied; null until the log was read to its end once. */
  asOf: instant("as_of"),
  copiedCount: bigint("copied_count", { mode: "number" }).notNull().default(0),
  /** The process whose turn it is, and until when unless it goes on. */
  holder: uuid("holder"),
  heldUntil: instant("held_until"),
});
