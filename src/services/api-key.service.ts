import { randomUUID } from "node:crypto";
import { type ApiKey, digestOf, makeKey } from "../domain/api-key.js";
import { notFound } from "../errors.js";
import * as keys from "../store/api-key.repository.js";
import type { Database } from "../store/database.js";
import type { Role } from "../vocabulary.js";

/** A key that was just made; the only time that it is known. */
export interface MadeKey {
  readonly key: string;
  readonly stored: ApiKey;
}

/** What a key is to be. */
export interface KeyWish {
  readonly name: string;
  readonly role: Role;
  /** From then on it opens nothing; never, unless said. */
  readonly expiresAt?: Date | undefined;
}

/** Makes a key and stores what proves it. */
export async function createKey(
  db: Database,
  { name, role, expiresAt }: KeyWish,
  now: Date,
): Promise<MadeKey> {
  const key = makeKey(role);
  const stored = await keys.insert(db, {
    id: randomUUID(),
    name,
    role,
    digest: digestOf(key),
    createdAt: now,
    expiresAt: expiresAt ?? null,
  });
  return { key, stored };
}

/** Every key there is or was, the oldest first. */
export function listKeys(db: Database): Promise<readonly ApiKey[]> {
  return keys.list(db);
}

/**
 * Ends a key; servers notice within 30 seconds.
 * @throws MetricsError `NOT_FOUND`
 */
export async function revokeKey(db: Database, id: string, at: Date): Promise<ApiKey> {
  const revoked = await keys.revoke(db, id, at);
  if (revoked === undefined) throw notFound(`There is no key ${id}.`);
  return revoked;
}

/**
 * Makes a key like another one, which goes on until `until`, so that its holders can change over.
 * @throws MetricsError `NOT_FOUND`
 */
export async function rotateKey(db: Database, id: string, until: Date, now: Date): Promise<MadeKey> {
  const { name, role, expiresAt } = await revokeKey(db, id, until);
  return createKey(db, { name, role, expiresAt: expiresAt ?? undefined }, now);
}
