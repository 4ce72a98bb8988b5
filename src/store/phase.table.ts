import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, unique, uuid, varchar } from "drizzle-orm/pg-core";
import { phaseNames, phaseResults } from "../vocabulary.js";
import { instant } from "./columns.js";
import { wsExecutions } from "./execution.table.js";
import { literals } from "./words.sql.js";

/** One event of one phase, keyed by the id its reporter gave it. */
export const wsPhases = pgTable(
  "ws_phases",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    wsExecutionId: uuid("ws_execution_id")
      .notNull()
      .references(() => wsExecutions.id),
    eventId: varchar("event_id").notNull(),
    sequence: integer("sequence").notNull(),
    /** The client's own sequence; null when the server counted. */
    reportedSequence: integer("reported_sequence"),
    name: varchar("name", { enum: phaseNames }).notNull(),
    startedAt: instant("started_at").notNull(),
    completedAt: instant("completed_at"),
    reportedDurationSeconds: integer("reported_duration_seconds"),
    durationSeconds: integer("duration_seconds").generatedAlwaysAs(
      sql`coalesce(floor(extract(epoch from completed_at - started_at))::integer, reported_duration_seconds)`,
    ),
    result: varchar("result", { enum: phaseResults }),
    testsWritten: integer("tests_written"),
    testsPassing: integer("tests_passing"),
    testsFailing: integer("tests_failing"),
    filesModified: integer("files_modified"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("ws_phases_event_unique").on(table.wsExecutionId, table.eventId),
    index("ws_phases_sequence_idx").on(table.wsExecutionId, table.sequence),
    index("ws_phases_started_at_idx").on(table.wsExecutionId, table.startedAt),
    check("ws_phases_name_known", sql`${table.name} in (${literals(phaseNames)})`),
    check("ws_phases_result_known", sql`${table.result} in (${literals(phaseResults)})`),
    check("ws_phases_completed_after_start", sql`${table.completedAt} >= ${table.startedAt}`),
    check("ws_phases_sequence_positive", sql`${table.sequence} >= 1`),
    check(
      "ws_phases_counts_not_negative",
      sql`least(${table.testsWritten}, ${table.testsPassing}, ${table.testsFailing}, ${table.filesModified}, ${table.reportedDurationSeconds}) >= 0`,
    ),
  ],
);
