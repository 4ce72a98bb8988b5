import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ProcessIdentity, processIdentity } from "./process-identity.js";

/*
 * The lock of a folder is the file `lock.N` with the highest N in it: whoever finds that its holder is dead
 * makes the next one. Linking a complete file under that name is atomic, so of many that try one succeeds; a
 * dead holder's file is never deleted to make room, which is where two could both win. An empty file is a lock
 * that was given back.
 */

/** How often a fresh heartbeat is looked at to see whether it goes on. */
const lookEveryMs = 250;

/** What `attempt` comes to, or `otherwise` when a file system call fails with one of `codes`. */
async function unless<T, U>(codes: readonly string[], attempt: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof Error && "code" in error && codes.includes(String(error.code))) return otherwise;
    throw error;
  }
}

export function lockFile(folder: string, generation: number): string {
  return join(folder, `lock.${generation}`);
}

/** The highest generation in `folder`, 0 when there was none yet. */
export async function newestGeneration(folder: string): Promise<number> {
  const generations = (await readdir(folder)).map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...generations);
}

/** Who a lock file says holds it; nobody when it was given back, is gone, or was cut short with the power. */
export async function readHolder(path: string): Promise<ProcessIdentity | undefined> {
  const text = await unless(["ENOENT"], readFile(path, "utf8"), "");
  try {
    return processIdentity.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Says once more that the holder of a lock file is alive. */
export async function beat(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}

/**
 * Whether the heartbeat of a lock file goes on. One that is silent for `silenceMs` does not; a fresh one is
 * watched until it beats or has been silent for so long.
 */
export async function isBeating(path: string, silenceMs: number): Promise<boolean> {
  const watchedSince = performance.now();
  for (let last: number | undefined; ; ) {
    const file = await unless(["ENOENT"], stat(path), undefined);
    if (file === undefined || file.size === 0) return false;
    if (last !== undefined && file.mtimeMs !== last) return true;
    last = file.mtimeMs;
    // The age alone would not do: the clock of another host may be ahead of ours.
    const silentMs = Math.max(Date.now() - last, performance.now() - watchedSince);
    if (silentMs >= silenceMs) return false;
    await sleep(Math.min(lookEveryMs, silenceMs));
  }
}

/** Makes `generation` the lock of `self`; false when somebody was faster. */
export async function claim(folder: string, generation: number, self: ProcessIdentity): Promise<boolean> {
  const path = lockFile(folder, generation);
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(self));
  try {
    // EEXIST: the file is theirs; ENOENT: the winner has cleared our draft away.
    const isOurs = await unless(
      ["EEXIST", "ENOENT"],
      link(draft, path).then(() => true),
      false,
    );
    if (!isOurs) return false;
  } finally {
    await rm(draft, { force: true });
  }
  // The name is free, too, if this generation came and went since we looked; then there is a newer one.
  if ((await newestGeneration(folder)) === generation) return true;
  await rm(path, { force: true });
  return false;
}

/** Gives a lock file back, unless it is gone. */
export function giveBack(path: string): Promise<void> {
  return unless(["ENOENT"], truncate(path), undefined);
}

/** Removes what older generations left behind, and drafts of those that were slower than `generation`. */
export async function clearOlder(folder: string, generation: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, number, draft] = /^lock\.(\d+)(\..+)?$/.exec(name) ?? [];
    const isOlder = Number(number) < generation || (Number(number) === generation && draft !== undefined);
    if (isOlder) await rm(join(folder, name), { force: true });
  }
}
