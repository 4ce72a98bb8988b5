import { timingSafeEqual } from "node:crypto";
import { digestOf, isKey, isLive } from "../domain/api-key.js";
import { anybody, type Caller } from "../domain/caller.js";
import type { Clock } from "../domain/instant.js";
import { MetricsError } from "../errors.js";
import * as keys from "../store/api-key.repository.js";
import type { Store } from "../store/database.js";
import { withinDeadline } from "./deadline.js";

/** How long keys are believed without asking the database again: a revoked one opens nothing after that. */
const freshMs = 10_000;
/** An unknown key makes the keys be read again, for it may be new; but not more often than that. */
const soonestMs = 1_000;
/** The last use of a key is noted this exactly. */
const useMs = 60_000;

/** Who may come in. */
export interface Keyring {
  /** Whether a key is asked for: as soon as there is one, even if it has ended. */
  isLocked(): Promise<boolean>;
  /**
   * Who comes with this token.
   * @throws MetricsError `UNAUTHENTICATED`; `UNAVAILABLE` when the keys cannot be read
   */
  callerOf(token: string | undefined): Promise<Caller>;
}

/** The keys of a database, kept in memory for some seconds; when they cannot be read within `timeoutMs`, nobody comes in. */
export function openKeyring(store: Store, now: Clock, timeoutMs: number): Keyring {
  let known: Promise<readonly keys.StoredKey[]> = Promise.resolve([]);
  let readAtMs = Number.NEGATIVE_INFINITY;
  const notedAtMs = new Map<string, number>();

  function keysNotOlderThan(maxAgeMs: number): Promise<readonly keys.StoredKey[]> {
    const ageMs = now().getTime() - readAtMs;
    if (ageMs >= 0 && ageMs <= maxAgeMs) return known; // a clock that was set back makes no key older
    readAtMs = now().getTime();
    known = withinDeadline(timeoutMs, () => store.read(keys.all));
    known.catch(() => {
      readAtMs = Number.NEGATIVE_INFINITY;
    });
    return known;
  }

  async function find(digest: Buffer, maxAgeMs: number): Promise<keys.StoredKey | undefined> {
    const all = await keysNotOlderThan(maxAgeMs);
    // Every key is looked at, so that the time it takes tells nothing.
    return all.filter((key) => timingSafeEqual(key.digest, digest)).at(0);
  }

  function noteUse({ id }: keys.StoredKey): void {
    const at = now();
    if (at.getTime() - (notedAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < useMs) return;
    notedAtMs.set(id, at.getTime());
    store.read((db) => keys.noteUse(db, id, at)).catch(() => notedAtMs.delete(id));
  }

  return {
    isLocked: async () => (await keysNotOlderThan(freshMs)).length > 0,
    callerOf: async (token) => {
      const all = await keysNotOlderThan(freshMs);
      if (all.length === 0) return anybody;
      if (token === undefined) throw refused("Send a key: Authorization: Bearer wsm_…");
      if (!isKey(token)) throw refused("This is not a key of this product; a character may be missing.");
      const digest = digestOf(token);
      const key = (await find(digest, freshMs)) ?? (await find(digest, soonestMs));
      if (key === undefined || !isLive(key, now()))
        throw refused(
          "The key is unknown, expired or revoked; make another one with: npm run keys -- create",
        );
      noteUse(key);
      return { keyId: key.id, role: key.role };
    },
  };
}

function refused(message: string): MetricsError {
  return new MetricsError("UNAUTHENTICATED", message, { headers: { "www-authenticate": "Bearer" } });
}
