import { sql } from "drizzle-orm";
import type { Database } from "./database.js";

/**
 * Makes the commit of a transaction that changes nothing wait, as any other, until everything before it is on disk and
 * on the synchronous standby: who is told that something is stored already relies on that as well. Who locks a row
 * needs no such thing. It writes a message to the write-ahead log that nobody reads.
 */
export async function ensureDurable(db: Database): Promise<void> {
  await db.execute(sql`select pg_logical_emit_message(true, 'ws_metrics', '')`);
}
