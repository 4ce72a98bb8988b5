import type { BugFix } from "../domain/bug-fix.js";
import type { wsBugFixes } from "./bug-fix.table.js";

/** A bug fix as its readers see it. */
export function toBugFix({ wsExecutionId, ...row }: typeof wsBugFixes.$inferSelect): BugFix {
  return { ...row, executionId: wsExecutionId };
}
