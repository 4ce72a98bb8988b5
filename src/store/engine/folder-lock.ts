import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import {
  beat,
  claim,
  clearOlder,
  giveBack,
  isBeating,
  lockFile,
  newestGeneration,
  readHolder,
} from "./lock-file.js";
import { isRunning, ownIdentity, type ProcessIdentity } from "./process-identity.js";

/** The folder belongs to another process, which is alive. */
export class FolderLockedError extends Error {
  override readonly name = "FolderLockedError";

  constructor(folder: string, { pid, host }: ProcessIdentity) {
    super(
      `The data folder ${resolve(folder)} is in use by process ${pid ?? "(unknown)"} on host ${host}. ` +
        "Two processes on one embedded database would destroy it. Stop that process, give this one a folder " +
        "of its own (DATA_DIR), or let both share a PostgreSQL server (DATABASE_URL).",
    );
  }
}

/** A folder that belongs to this process until it is released or the process ends, however it ends. */
export interface FolderLock {
  release(): Promise<void>;
}

export interface FolderLockOptions {
  /**
   * Called once when the lock is lost: this process could not run for so long that another host took over, or
   * it can no longer write to the folder. Whoever uses the folder must stop at once.
   */
  readonly onLost?: () => void;
  readonly heartbeatMs?: number;
  /** A holder on another host that has been silent for this long is dead. */
  readonly silenceMs?: number;
}

/** Keeps `generation` alive for other hosts to see. */
function hold(folder: string, generation: number, options: Required<FolderLockOptions>): FolderLock {
  const path = lockFile(folder, generation);
  let lastBeat = performance.now();
  let isHeld = true;

  async function isStillOurs(): Promise<boolean> {
    try {
      if ((await newestGeneration(folder)) !== generation) return false;
      await beat(path);
      lastBeat = performance.now();
      return true;
    } catch {
      // A beat that fails is missed, which is bearable for less time than others wait for one.
      return performance.now() - lastBeat < options.silenceMs / 2;
    }
  }
  const timer = setInterval(async () => {
    if ((await isStillOurs()) || !isHeld) return;
    letGo();
    options.onLost();
  }, options.heartbeatMs).unref();
  function letGo(): void {
    isHeld = false;
    clearInterval(timer);
  }

  return {
    async release() {
      letGo();
      await giveBack(path);
    },
  };
}

/**
 * Makes `folder`, which is created when missing, belong to this process alone. A holder that died, however it
 * did, is no obstacle: one of this machine is taken over from at once, one of another host when it has been
 * silent for `silenceMs`, which this waits for.
 * @throws FolderLockedError when another process holds it
 */
export async function lockFolder(folder: string, options: FolderLockOptions = {}): Promise<FolderLock> {
  const { onLost = () => {}, heartbeatMs = 1_000, silenceMs = 10_000 } = options;
  await mkdir(folder, { recursive: true });
  const self = await ownIdentity();
  for (;;) {
    const newest = await newestGeneration(folder);
    const path = lockFile(folder, newest);
    const holder = await readHolder(path);
    const isHeld =
      holder !== undefined && ((await isRunning(holder, self)) ?? (await isBeating(path, silenceMs)));
    if (isHeld) throw new FolderLockedError(folder, holder);
    if (await claim(folder, newest + 1, self)) {
      await clearOlder(folder, newest + 1);
      return hold(folder, newest + 1, { onLost, heartbeatMs, silenceMs });
    }
  }
}
