import { sql } from "drizzle-orm";
import type { Database } from "./database.js";

/** Makes the room of deleted rows free for new ones; must not run in a transaction. */
export async function vacuum(db: Database, tables: readonly string[]): Promise<void> {
  await db.execute(sql`vacuum ${sql.join(tables.map(sql.identifier), sql`, `)}`);
}

/** Lets the statements of a transaction take as long as they need. */
export async function liftTimeLimit(db: Database): Promise<void> {
  await db.execute(sql`set local statement_timeout = 0`);
}
