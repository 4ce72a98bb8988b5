import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.js";

/** What can be held whether or not it has a row. */
export interface Claims {
  readonly executionIds?: readonly string[];
  /** Sessions of executors. */
  readonly sessionIds?: readonly string[];
}

/** Who claims more than that claims everything: the server has room for some thousand locks, of all transactions. */
const most = 1_000;

/** Stands for all claims: who claims some shares it. No claim has this kind of key, of two numbers. */
const everything = sql`1, 0`;

/**
 * Holds claims until the transaction ends, against everybody else who holds or shares them. Always in the same order,
 * ids before sessions, so that two transactions cannot wait for each other.
 */
export async function hold(db: Database, claims: Claims): Promise<void> {
  const names = namesOf(claims);
  if (names.length > most) return holdEverything(db);
  if (names.length === 0) return;
  await db
    .select({ shared, held: sql`pg_advisory_xact_lock(hashtextextended(name, 0))` })
    .from(inOrder(names))
    .prepare("claim_hold")
    .execute();
}

/** Holds claims in common with others who share them. */
export async function share(db: Database, claims: Claims): Promise<void> {
  const names = namesOf(claims);
  if (names.length > most) return holdEverything(db);
  if (names.length === 0) return;
  await db
    .select({ shared, held: sql`pg_advisory_xact_lock_shared(hashtextextended(name, 0))` })
    .from(inOrder(names))
    .prepare("claim_share")
    .execute();
}

/** Waits for all who hold or share anything. */
async function holdEverything(db: Database): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${everything})`);
}

const shared = sql`pg_advisory_xact_lock_shared(${everything})`;

/** No id of an execution is the name of a session, and each comes before all of those. */
function namesOf({ executionIds = [], sessionIds = [] }: Claims): readonly string[] {
  return [...new Set([...executionIds, ...sessionIds.map((id) => `session:${id}`)])];
}

const inOrder = (names: readonly string[]): SQL =>
  sql`(select name from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as name order by name collate "C") as claims`;
