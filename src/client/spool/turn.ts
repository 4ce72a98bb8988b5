import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { untouchedMs } from "./spool.js";

/** The right to deliver, held by one process at a time. */
export interface Turn {
  end(): Promise<void>;
}

/** Whoever holds the turn says so this often. */
const renewMs = 500;
/** Whoever was silent for this long is dead. */
const staleMs = 3_000;
const pollMs = 20;

/**
 * Takes the turn; undefined when another process keeps it for longer than `waitMs`. It only spares the server what it
 * has already: events that are sent twice are recorded once.
 */
export async function takeTurn(
  path: string,
  waitMs: number,
  signal?: AbortSignal,
): Promise<Turn | undefined> {
  const until = Date.now() + waitMs;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  while (!(await created(path))) {
    if (((await untouchedMs(path)) ?? 0) > staleMs) await removeStale(path);
    else if (Date.now() >= until) return undefined;
    else await delay(pollMs, undefined, { signal });
  }
  const renewing = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), renewMs);
  renewing.unref();
  return {
    end: async () => {
      clearInterval(renewing);
      await rm(path, { force: true });
    },
  };
}

async function created(path: string): Promise<boolean> {
  try {
    await (await open(path, "wx", 0o600)).close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Renaming decides between several that find it stale at once. */
async function removeStale(path: string): Promise<void> {
  const mine = `${path}.${randomUUID()}`;
  const isMine = await rename(path, mine).then(
    () => true,
    () => false,
  );
  if (isMine) await rm(mine, { force: true });
}
