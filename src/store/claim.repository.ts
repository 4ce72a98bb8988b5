import { sql } from "drizzle-orm";
import type { Database } from "./database.js";

/**
 * Holds execution ids that do not exist yet, until the transaction ends: a call that claims one and the start
 * that makes it cannot pass each other unseen. In id order, so that two transactions cannot wait for each other.
 */
export async function hold(db: Database, executionIds: readonly string[]): Promise<void> {
  await db
    .select({ held: sql`pg_advisory_xact_lock(hashtextextended(id, 0))` })
    .from(
      sql`(select id from jsonb_array_elements_text(${JSON.stringify(executionIds)}::jsonb) as id order by id collate "C") as claims`,
    )
    .prepare("claim_hold")
    .execute();
}
