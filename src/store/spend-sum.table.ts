import { sql } from "drizzle-orm";
import { bigint, check, index, numeric, pgTable, uniqueIndex, uuid, varchar } from "drizzle-orm/pg-core";
import { spendGrains } from "../domain/grain.js";
import { instant } from "./columns.js";
import { literals } from "./words.sql.js";

const count = (name: string) => bigint(name, { mode: "number" }).notNull().default(0);

/** What is added up of spending. */
const measures = () => ({
  /** Costs that are known. */
  costUsd: numeric("cost_usd", { mode: "number" }).notNull().default(0),
  knownCostCount: count("known_cost_count"),
  callCount: count("call_count"),
  unpricedCount: count("unpriced_count"),
});

/**
 * Whose spending changed since it was added up: triggers append the run, or the quarter hour of calls without one, in
 * the transaction of every write. Until it is added up anew, reports leave out what is kept of it and look at its calls.
 */
export const spendMarks = pgTable("spend_marks", {
  wsExecutionId: uuid("ws_execution_id"),
  startAt: instant("start_at"),
});

/**
 * What is added up in the sums, run by run and, for calls without a run, quarter hour by quarter hour: so that it can
 * be taken out of them again. A cell is a quarter hour of UTC and all that a breakdown asks.
 */
export const spendCells = pgTable(
  "spend_cells",
  {
    wsExecutionId: uuid("ws_execution_id"),
    startAt: instant("start_at").notNull(),
    wsId: varchar("ws_id"),
    documentType: varchar("document_type"),
    model: varchar("model"),
    phaseName: varchar("phase_name"),
    source: varchar("source").notNull(),
    ...measures(),
  },
  (table) => [
    index("spend_cells_execution_idx").on(table.wsExecutionId),
    index("spend_cells_unattributed_idx").on(table.startAt).where(sql`${table.wsExecutionId} is null`),
  ],
);

/**
 * Sums by one dimension and key at a time, over quarter hours and days of UTC, and ever. They tell apart when the runs
 * last spent for that key before (`previous_at`; `-infinity`: never before), so that runs can be counted once in any range:
 * in the first quarter hour of it that has them. `execution_count` is of runs that did not spend earlier in the same
 * stretch of time; ever and in a day, `previous_at` is before the stretch.
 */
export const spendSums = pgTable(
  "spend_sums",
  {
    grain: varchar("grain", { enum: spendGrains }).notNull(),
    dimension: varchar("dimension").notNull(),
    startAt: instant("start_at").notNull(),
    previousAt: instant("previous_at").notNull(),
    key: varchar("key"),
    ...measures(),
    executionCount: count("execution_count"),
  },
  (table) => [
    uniqueIndex("spend_sums_place_idx").on(
      table.grain,
      table.dimension,
      table.startAt,
      table.previousAt,
      sql`(${table.key} is null)`,
      sql`coalesce(${table.key}, '')`,
    ),
    check("spend_sums_grain_known", sql`${table.grain} in (${literals(spendGrains)})`),
  ],
);
