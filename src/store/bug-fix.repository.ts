import { asc, eq, sql } from "drizzle-orm";
import type { BugFix, NewBugFix } from "../domain/bug-fix.js";
import { isAmong } from "./among.sql.js";
import { toBugFix } from "./bug-fix.row.js";
import { wsBugFixes } from "./bug-fix.table.js";
import { builtOnce } from "./built-once.js";
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

/** The bug fix with an id; undefined when there is none. */
export async function byId(db: Database, id: string): Promise<BugFix | undefined> {
  const [row] = await db.select().from(wsBugFixes).where(eq(wsBugFixes.id, id));
  return row && toBugFix(row);
}

/** The bug fixes of several runs, oldest first. */
export async function byExecutionIds(db: Database, ids: readonly string[]): Promise<readonly BugFix[]> {
  const rows = await ofExecutions(db).execute({ ids: JSON.stringify(ids) });
  return rows.map(toBugFix);
}

const ofExecutions = builtOnce((db) =>
  db
    .select()
    .from(wsBugFixes)
    .where(isAmong(wsBugFixes.wsExecutionId, sql.placeholder("ids")))
    .orderBy(asc(wsBugFixes.createdAt), asc(wsBugFixes.id))
    .prepare("bug_fixes_of_executions"),
);
