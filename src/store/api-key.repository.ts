import { and, asc, eq, getTableColumns, isNull, lt, or, sql } from "drizzle-orm";
import type { ApiKey } from "../domain/api-key.js";
import { apiKeys } from "./api-key.table.js";
import type { Database } from "./database.js";

/** A key with what proves it. */
export interface StoredKey extends ApiKey {
  /** SHA-256 of the key. */
  readonly digest: Uint8Array;
}

const { digest: _, ...shown } = getTableColumns(apiKeys);

export async function insert(
  db: Database,
  key: Omit<StoredKey, "revokedAt" | "lastUsedAt">,
): Promise<ApiKey> {
  const [row] = await db.insert(apiKeys).values(key).returning(shown);
  if (row === undefined) throw new Error("an insert without a conflict has its row");
  return row;
}

/** Every key, the oldest first. */
export async function all(db: Database): Promise<readonly StoredKey[]> {
  return db
    .select()
    .from(apiKeys)
    .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id))
    .prepare("api_key_all")
    .execute();
}

/** Every key without what proves it, the oldest first. */
export async function list(db: Database): Promise<readonly ApiKey[]> {
  return db.select(shown).from(apiKeys).orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
}

/** Ends a key at an instant, unless it ended before; undefined when there is no such key. */
export async function revoke(db: Database, id: string, at: Date): Promise<ApiKey | undefined> {
  const [row] = await db
    .update(apiKeys)
    .set({ revokedAt: sql`least(${apiKeys.revokedAt}, ${at.toISOString()}::timestamptz)` })
    .where(eq(apiKeys.id, id))
    .returning(shown);
  return row;
}

/** Notes that a key was used, unless a later use is known. */
export async function noteUse(db: Database, id: string, at: Date): Promise<void> {
  await db
    .update(apiKeys)
    .set({ lastUsedAt: at })
    .where(and(eq(apiKeys.id, id), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, at))));
}
