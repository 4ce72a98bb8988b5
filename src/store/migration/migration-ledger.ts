import { eq, sql } from "drizzle-orm";
import { pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { Database } from "../database.js";
import type { Migration } from "./migration-files.js";

/**
 * Which migrations the database has. Not in a `*.table.ts`, because no migration may create it: it is there
 * exactly as long as a migration is applied.
 */
const ledger = pgTable("ws_metrics_migrations", {
  tag: text("tag").primaryKey(),
  hash: text("hash").notNull(),
  appliedAt: timestamp("applied_at", { withTimezone: true }).notNull().defaultNow(),
});

/** A migration the database has, with the hash of the file it was applied from. */
export type LedgerEntry = Pick<Migration, "tag" | "hash">;

/**
 * Runs `work` in one transaction that no other step of any instance overlaps: later callers wait for its end
 * and then see what it did.
 */
export function exclusively<T>(database: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  return database.transaction(
    async (tx) => {
      // Neither the wait for another instance nor an index over a large table is a statement gone astray.
      await tx.execute(sql`set local statement_timeout = 0`);
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('ws_metrics_migrations', 0))`);
      return work(tx);
    },
    // A stricter default of the server would show the ledger as it was before the wait for the lock.
    { isolationLevel: "read committed" },
  );
}

/** What is applied, in no particular order; nothing when there is no ledger yet. */
export async function readLedger(database: Database): Promise<readonly LedgerEntry[]> {
  const [found] = await database
    .select({ exists: sql<boolean>`to_regclass('ws_metrics_migrations') is not null` })
    .from(sql`(select) as one`);
  if (!found?.exists) return [];
  return database.select({ tag: ledger.tag, hash: ledger.hash }).from(ledger);
}

/** Notes that `migration` is applied; makes the ledger on first use. */
export async function enter(tx: Database, { tag, hash }: Migration): Promise<void> {
  await tx.execute(sql`
    create table if not exists ${ledger} (
      tag text primary key,
      hash text not null,
      applied_at timestamptz not null default now()
    )`);
  await tx.insert(ledger).values({ tag, hash });
}

/** Notes that `migration` is applied no more; with the last one the ledger goes too. */
export async function strike(tx: Database, { tag }: Migration): Promise<void> {
  await tx.delete(ledger).where(eq(ledger.tag, tag));
  if ((await tx.$count(ledger)) === 0) await tx.execute(sql`drop table ${ledger}`);
}
