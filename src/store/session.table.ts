import { index, pgTable, primaryKey, uuid, varchar } from "drizzle-orm/pg-core";
import { instant } from "./columns.js";
import { wsExecutions } from "./execution.table.js";

/** The executor's own sessions that worked on an execution. */
export const wsExecutionSessions = pgTable(
  "ws_execution_sessions",
  {
    wsExecutionId: uuid("ws_execution_id")
      .notNull()
      .references(() => wsExecutions.id),
    executorSessionId: varchar("executor_session_id").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.wsExecutionId, table.executorSessionId] }),
    index("ws_execution_sessions_session_idx").on(table.executorSessionId),
  ],
);
