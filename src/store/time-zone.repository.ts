import { sql } from "drizzle-orm";
import type { Database } from "./database.js";

const known = new WeakMap<Database, Promise<ReadonlySet<string>>>();

/** Whether the server knows a time zone by that name; its list is read once. */
export async function isTimeZone(db: Database, name: string): Promise<boolean> {
  if (name === "UTC") return true;
  let names = known.get(db);
  if (names === undefined) {
    names = read(db);
    known.set(db, names);
    names.catch(() => known.delete(db));
  }
  return (await names).has(name);
}

async function read(db: Database): Promise<ReadonlySet<string>> {
  const rows = await db.select({ name: sql<string>`name` }).from(sql`pg_timezone_names`);
  return new Set(rows.map(({ name }) => name));
}
