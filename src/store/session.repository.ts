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
