import { and, eq, type SQL, sql } from "drizzle-orm";
import type { LogCopy } from "../domain/llm-log.js";
import type { Database } from "./database.js";
import { llmLogCopies } from "./llm-log.table.js";

/** Whose turn it is to copy which log. */
export interface Turn {
  readonly log: string;
  /** Names the instance. */
  readonly holder: string;
}

/** What one step adds to a copy. */
export interface Progress {
  readonly settledUntil?: Date;
  readonly asOf?: Date;
  /** Calls that are new. */
  readonly copied?: number;
}

const { settledUntil, asOf, copiedCount } = llmLogCopies;
const copy = { settledUntil, asOf, copiedCount };

/** An instance that says nothing for so long has lost its turn, by the clock of the database. */
const lease = sql`interval '3 seconds'`;

/** Everything that was logged before is copied; of the log that was read last, null without any. */
export const logAsOf = sql`(
  select as_of from llm_log_copies order by held_until desc nulls last limit 1
)`.mapWith(asOf) as SQL<Date | null>;

/** Takes the turn, or keeps it; undefined while it is another's. */
export async function takeTurn(db: Database, { log, holder }: Turn): Promise<LogCopy | undefined> {
  const held = { holder, heldUntil: sql`now() + ${lease}` };
  const [taken] = await db
    .insert(llmLogCopies)
    .values({ logTable: log, ...held })
    .onConflictDoUpdate({
      target: llmLogCopies.logTable,
      set: held,
      setWhere: sql`coalesce(${llmLogCopies.holder} = ${holder} or ${llmLogCopies.heldUntil} < now(), true)`,
    })
    .returning(copy);
  return taken;
}

/** Notes how far a log was copied, and keeps the turn; undefined when it is another's by now. */
export async function advance(
  db: Database,
  { log, holder }: Turn,
  { copied = 0, ...reached }: Progress,
): Promise<LogCopy | undefined> {
  const [kept] = await db
    .update(llmLogCopies)
    .set({
      ...reached,
      copiedCount: sql`${copiedCount} + ${copied}`,
      heldUntil: sql`now() + ${lease}`,
    })
    .where(and(eq(llmLogCopies.logTable, log), eq(llmLogCopies.holder, holder)))
    .returning(copy);
  return kept;
}

/** Lets another instance go on at once. */
export async function giveTurnBack(db: Database, { log, holder }: Turn): Promise<void> {
  await db
    .update(llmLogCopies)
    .set({ holder: null })
    .where(and(eq(llmLogCopies.logTable, log), eq(llmLogCopies.holder, holder)));
}

/** How far a log was copied, whoever copies it. */
export async function byLog(db: Database, log: string): Promise<LogCopy | undefined> {
  const [row] = await db.select(copy).from(llmLogCopies).where(eq(llmLogCopies.logTable, log));
  return row;
}
