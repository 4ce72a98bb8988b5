import { sql } from "drizzle-orm";
import type { Database } from "../database.js";
import { type Migration, shippedMigrations } from "./migration-files.js";
import { enter, exclusively, type LedgerEntry, readLedger, strike } from "./migration-ledger.js";

/** A migration that was refused or failed. The message says why, and what to do, to whoever runs the program. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** Is told what was done, one sentence at a time. */
export type Report = (sentence: string) => void;

/** {@link rollback} to this undoes every migration. */
export const noMigration = "none";

/**
 * The part of `known` that the ledger says is applied, oldest first.
 * @throws MigrationError when the ledger tells of migrations that are unknown, were edited or left out
 */
function appliedMigrations(
  known: readonly Migration[],
  ledger: readonly LedgerEntry[],
): readonly Migration[] {
  const hashes = new Map(ledger.map(({ tag, hash }) => [tag, hash]));
  const applied = known.filter(({ tag }) => hashes.has(tag));
  const unknown = ledger.filter((entry) => !applied.some(({ tag }) => tag === entry.tag));
  if (unknown.length > 0) {
    const tags = unknown.map(({ tag }) => tag).sort();
    throw new MigrationError(
      `The database has migrations that this build does not know (${tags.join(", ")}): a newer version made them. ` +
        "Run that version, or use it to roll them back first.",
    );
  }
  const edited = applied.find(({ tag, hash }) => hashes.get(tag) !== hash);
  if (edited !== undefined) {
    throw new MigrationError(
      `Migration ${edited.tag} was applied from a file with other content than this build's ${edited.tag}.sql. ` +
        "Restore that file; a change to the schema is a new migration.",
    );
  }
  const leftOut = known.find(
    (migration, position) => position < applied.length && migration !== applied[position],
  );
  if (leftOut !== undefined) {
    throw new MigrationError(
      `Migration ${leftOut.tag} is not applied although later ones are. Roll those back first.`,
    );
  }
  return applied;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? reasonOf(error.cause ?? error.message) : String(error);
}

/** Runs `statements` and resolves to the whole milliseconds they took. */
async function run(tx: Database, tag: string, statements: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  try {
    for (const statement of statements) await tx.execute(sql.raw(statement));
  } catch (cause) {
    throw new MigrationError(`Migration ${tag} failed and changed nothing: ${reasonOf(cause)}`, { cause });
  }
  return Math.round(performance.now() - startedAt);
}

async function apply(tx: Database, migration: Migration): Promise<string> {
  const milliseconds = await run(tx, migration.tag, migration.up);
  await enter(tx, migration);
  return `Applied migration ${migration.tag} in ${milliseconds} ms.`;
}

async function undo(tx: Database, migration: Migration): Promise<string> {
  const { tag, down } = migration;
  if (down === undefined)
    throw new MigrationError(`Migration ${tag} has no way back: ${tag}.down.sql is missing.`);
  const milliseconds = await run(tx, tag, down);
  await strike(tx, migration);
  return `Rolled back migration ${tag} in ${milliseconds} ms.`;
}

/**
 * Applies every migration that the database lacks, each in a transaction of its own. Any number of instances
 * may do so at once: each migration is applied by one of them, and all return when everything is applied.
 * @throws MigrationError when one fails (nothing of it stays), or the database does not fit this build
 */
export async function migrate(
  database: Database,
  report: Report,
  migrations: Promise<readonly Migration[]> = shippedMigrations(),
): Promise<void> {
  const known = await migrations;
  const applyNext = () =>
    exclusively(database, async (tx) => {
      const next = known[appliedMigrations(known, await readLedger(tx)).length];
      return next && apply(tx, next);
    });

  const first = await applyNext();
  if (first === undefined) report("The database has every migration: nothing to do.");
  for (let done = first; done !== undefined; done = await applyNext()) report(done);
}

/** Where {@link rollback} stops. */
export interface RollbackTarget {
  /** The tag that remains as the newest one applied, or {@link noMigration}; one step back when left out. */
  readonly to?: string | undefined;
}

function requireApplied(tag: string, known: readonly Migration[], applied: readonly Migration[]): void {
  if (tag === noMigration || applied.some((migration) => migration.tag === tag)) return;
  if (known.some((migration) => migration.tag === tag)) {
    throw new MigrationError(`Migration ${tag} is not applied, so there is no way back to it.`);
  }
  const tags = known.map((migration) => migration.tag).join(", ");
  throw new MigrationError(
    `There is no migration ${tag}, only ${tags} (and ${noMigration}, to undo them all).`,
  );
}

function whatStands(to: string | undefined): string {
  return to === undefined || to === noMigration
    ? "no migration is applied"
    : `${to} is the newest migration applied`;
}

/**
 * Undoes the newest migration, or all that are newer than `to`, each in a transaction of its own. After the
 * last one nothing of ours is left in the database.
 * @throws MigrationError when `to` is not applied, one fails (it stays applied), or the database does not fit
 * this build
 */
export async function rollback(
  database: Database,
  { to }: RollbackTarget,
  report: Report,
  migrations: Promise<readonly Migration[]> = shippedMigrations(),
): Promise<void> {
  const known = await migrations;
  const undoNewest = () =>
    exclusively(database, async (tx) => {
      const applied = appliedMigrations(known, await readLedger(tx));
      if (to !== undefined) requireApplied(to, known, applied);
      const newest = applied.at(-1);
      return newest === undefined || newest.tag === to ? undefined : undo(tx, newest);
    });

  const first = await undoNewest();
  if (first === undefined) report(`Nothing to roll back: ${whatStands(to)}.`);
  for (let done = first; done !== undefined; done = to === undefined ? undefined : await undoNewest()) {
    report(done);
  }
}

/** Whether every migration of this build is applied; newer ones do not matter to a build that still runs. */
export async function isMigrated(
  database: Database,
  migrations: Promise<readonly Migration[]> = shippedMigrations(),
): Promise<boolean> {
  const tags = new Set((await readLedger(database)).map(({ tag }) => tag));
  return (await migrations).every(({ tag }) => tags.has(tag));
}
