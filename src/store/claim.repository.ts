import { sql } from "drizzle-orm";
import type { Database } from "./database.js";

/** What can be held although it has no row of its own. */
export interface Claims {
  /** Executions that do not exist yet. */
  readonly executionIds?: readonly string[];
  /** Sessions of executors. */
  readonly sessionIds?: readonly string[];
}

/**
 * Holds claims until the transaction ends: a call that claims an execution and the start that makes it, or a call of
 * a session and what binds that session, cannot pass each other unseen. Always in the same order, so that two
 * transactions cannot wait for each other.
 */
export async function hold(db: Database, { executionIds = [], sessionIds = [] }: Claims): Promise<void> {
  const names = [...executionIds, ...sessionIds.map((id) => `session:${id}`)];
  if (names.length === 0) return;
  await db
    .select({ held: sql`pg_advisory_xact_lock(hashtextextended(name, 0))` })
    .from(
      sql`(select name from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as name order by name collate "C") as claims`,
    )
    .prepare("claim_hold")
    .execute();
}
