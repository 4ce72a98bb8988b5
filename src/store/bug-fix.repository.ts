import { asc, eq, inArray } from "drizzle-orm";
import type { BugFix, NewBugFix } from "../domain/bug-fix.js";
import { wsBugFixes } from "./bug-fix.table.js";
import type { Database } from "./database.js";

/** Inserts a bug fix of an existing run; undefined when the id is taken. */
export async function insert(
  db: Database,
  { executionId, ...report }: NewBugFix,
  now: Date,
): Promise<BugFix | undefined> {
  const [row] = await db
    .insert(wsBugFixes)
    .values({ ...report, wsExecutionId: executionId, createdAt: now })
    .onConflictDoNothing({ target: wsBugFixes.id })
    .returning()
    .prepare("bug_fix_insert")
    .execute();
  return row && toBugFix(row);
}

export async function byId(db: Database, id: string): Promise<BugFix | undefined> {
  const [row] = await db.select().from(wsBugFixes).where(eq(wsBugFixes.id, id));
  return row && toBugFix(row);
}

/** The bug fixes of several runs, oldest first. */
export async function byExecutionIds(db: Database, ids: readonly string[]): Promise<readonly BugFix[]> {
  const rows = await db
    .select()
    .from(wsBugFixes)
    .where(inArray(wsBugFixes.wsExecutionId, [...ids]))
    .orderBy(asc(wsBugFixes.createdAt), asc(wsBugFixes.id));
  return rows.map(toBugFix);
}

function toBugFix({ wsExecutionId, ...row }: typeof wsBugFixes.$inferSelect): BugFix {
  return { ...row, executionId: wsExecutionId };
}
