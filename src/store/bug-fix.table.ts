import { boolean, index, jsonb, pgTable, text, uuid, varchar } from "drizzle-orm/pg-core";
import { instant } from "./columns.js";
import { wsExecutions } from "./execution.table.js";

/** One bug that was found and fixed during a run. */
export const wsBugFixes = pgTable(
  "ws_bug_fixes",
  {
    id: uuid("id").primaryKey(),
    wsExecutionId: uuid("ws_execution_id")
      .notNull()
      .references(() => wsExecutions.id),
    scopeId: varchar("scope_id"),
    description: text("description").notNull(),
    rootCause: text("root_cause").notNull(),
    testName: varchar("test_name").notNull(),
    fixSummary: text("fix_summary").notNull(),
    filesModified: jsonb("files_modified").$type<readonly string[]>().notNull().default([]),
    autonomous: boolean("autonomous").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("ws_bug_fixes_execution_idx").on(table.wsExecutionId, table.createdAt, table.id),
    index("ws_bug_fixes_created_at_idx").on(table.createdAt),
  ],
);
