import { inArray } from "drizzle-orm";
import type { Database } from "./database.js";
import { wsExecutionSessions } from "./session.table.js";

/** Notes that an executor's session works on an execution; false when that was known. */
export async function bind(
  db: Database,
  executionId: string,
  sessionId: string,
  now: Date,
): Promise<boolean> {
  const bound = await db
    .insert(wsExecutionSessions)
    .values({ wsExecutionId: executionId, executorSessionId: sessionId, createdAt: now })
    .onConflictDoNothing()
    .returning({ sessionId: wsExecutionSessions.executorSessionId });
  return bound.length > 0;
}

/** The sessions that worked on executions. */
export async function ofExecutions(
  db: Database,
  executionIds: readonly string[],
): Promise<readonly string[]> {
  if (executionIds.length === 0) return [];
  const rows = await db
    .selectDistinct({ sessionId: wsExecutionSessions.executorSessionId })
    .from(wsExecutionSessions)
    .where(inArray(wsExecutionSessions.wsExecutionId, [...executionIds]));
  return rows.map(({ sessionId }) => sessionId);
}

/** The executions that sessions worked on. */
export async function executionsOf(db: Database, sessionIds: readonly string[]): Promise<readonly string[]> {
  if (sessionIds.length === 0) return [];
  const rows = await db
    .selectDistinct({ executionId: wsExecutionSessions.wsExecutionId })
    .from(wsExecutionSessions)
    .where(inArray(wsExecutionSessions.executorSessionId, [...sessionIds]));
  return rows.map(({ executionId }) => executionId);
}
