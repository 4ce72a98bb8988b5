import { sql } from "drizzle-orm";
import { bigint, check, integer, numeric, pgTable, primaryKey, varchar } from "drizzle-orm/pg-core";
import { grains } from "../domain/grain.js";
import { instant } from "./columns.js";
import { literals } from "./words.sql.js";

const count = (name: string) => bigint(name, { mode: "number" }).notNull().default(0);

/**
 * What is added up of runs, placed by `started_at`, and of bug fixes, placed by `created_at`. The function
 * `run_measures` of the database says what one run adds.
 */
const measures = () => ({
  startedCount: count("started_count"),
  blockedCount: count("blocked_count"),
  completedCount: count("completed_count"),
  failedCount: count("failed_count"),
  hardStopCount: count("hard_stop_count"),
  /** Completed runs that needed no rework. */
  firstPassCount: count("first_pass_count"),
  /** Durations of completed runs. */
  completedSeconds: count("completed_seconds"),
  /** Rework cycles of completed runs. */
  completedReworkCycles: count("completed_rework_cycles"),
  testsWritten: count("tests_written"),
  /** Costs that are known. */
  costUsd: numeric("cost_usd", { mode: "number" }).notNull().default(0),
  knownCostCount: count("known_cost_count"),
  autonomousBugFixCount: count("autonomous_bug_fix_count"),
});

/** Sums of whole quarter hours and days of UTC, without what {@link runSumChanges} still has. */
export const runSums = pgTable(
  "run_sums",
  {
    grain: varchar("grain", { enum: grains }).notNull(),
    startAt: instant("start_at").notNull(),
    ...measures(),
  },
  (table) => [
    primaryKey({ columns: [table.grain, table.startAt] }),
    check("run_sums_grain_known", sql`${table.grain} in (${literals(grains)})`),
  ],
);

/**
 * How many completed runs of a day of UTC lasted how long; a bucket is named by its shortest duration in seconds,
 * as the function `duration_bucket` of the database tells it. Without what {@link runSumChanges} still has.
 */
export const durationSums = pgTable(
  "duration_sums",
  {
    day: instant("day").notNull(),
    durationBucket: integer("duration_bucket").notNull(),
    completedCount: count("completed_count"),
  },
  (table) => [primaryKey({ columns: [table.day, table.durationBucket] })],
);

/**
 * Differences that wait to be added to the sums: triggers append them in the transaction of every write, so that no
 * two writers ever wait for the same sum. Only completed runs have a bucket.
 */
export const runSumChanges = pgTable("run_sum_changes", {
  startAt: instant("start_at").notNull(),
  durationBucket: integer("duration_bucket"),
  ...measures(),
});
