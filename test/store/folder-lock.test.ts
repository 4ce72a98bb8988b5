import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { FolderLockedError, type FolderLockOptions, lockFolder } from "../../src/store/engine/folder-lock.js";
import { ownIdentity, type ProcessIdentity } from "../../src/store/engine/process-identity.js";
import { onPostgres } from "../support/database.js";

const program = fileURLToPath(new URL("folder-lock.process.ts", import.meta.url));
const minuteAgo = () => new Date(Date.now() - 60_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ws-metrics-lock-"));
  onTestFinished(() => rm(folder, { recursive: true }));
});

/** Another process, ready to be told `lock` and `release`. */
async function startProcess() {
  const child = spawn(process.execPath, ["--import", "tsx", program, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => (await answers.next()).value ?? "ended";
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  onTestFinished(kill);
  await answer();
  return {
    pid: child.pid,
    kill,
    tell: (word: "lock" | "release") => {
      child.stdin.write(`${word}\n`);
      return answer();
    },
  };
}

/** Locks the folder here for as long as the test takes. */
async function lockHere(options?: FolderLockOptions) {
  const lock = await lockFolder(folder, options);
  onTestFinished(() => lock.release());
  return lock;
}

/** A lock file as another process would have left it, last refreshed at `mtime`. */
async function leaveLock(holder: Partial<ProcessIdentity>, mtime = new Date()): Promise<string> {
  const path = join(folder, "lock.7");
  await writeFile(path, JSON.stringify({ ...(await ownIdentity()), ...holder }));
  await utimes(path, mtime, mtime);
  return path;
}

// The lock guards the embedded database; where the tests run on a server there is nothing more to see.
describe.skipIf(onPostgres)("the lock of a data folder", () => {
  test("refuses a second process in words, until the first gives it back", async () => {
    const first = await startProcess();
    const { host } = await ownIdentity();
    await first.tell("lock");

    await expect(lockHere()).rejects.toThrow(
      `The data folder ${folder} is in use by process ${first.pid} on host ${host}. ` +
        "Two processes on one embedded database would destroy it. Stop that process, give this one a folder " +
        "of its own (DATA_DIR), or let both share a PostgreSQL server (DATABASE_URL).",
    );

    await first.tell("release");
    await lockHere();
    expect(await first.tell("lock")).toMatch(
      `FolderLockedError: The data folder ${folder} is in use by process`,
    );
  });

  test("refuses a second holder in the same process", async () => {
    await lockHere();

    await expect(lockHere()).rejects.toThrow(FolderLockedError);
  });

  test("lets the next process in at once after kill -9", async () => {
    const killed = await startProcess();
    await killed.tell("lock");
    await killed.kill();

    await lockHere();

    expect(await readdir(folder)).toEqual(["lock.2"]);
  });

  test("lets exactly one of the processes in that start at once after a crash", async () => {
    let processes = await Promise.all(Array.from({ length: 8 }, startProcess));

    while (processes.length > 0) {
      const answers = await Promise.all(processes.map((each) => each.tell("lock")));

      const winners = processes.filter((_, position) => answers[position] === "locked");
      const refused = answers.filter((answer) => answer.startsWith("FolderLockedError"));
      expect(winners).toHaveLength(1);
      expect(refused).toHaveLength(processes.length - 1);

      await winners[0]?.kill();
      processes = processes.filter((each) => !winners.includes(each));
    }
  });

  test("lets exactly one of those in that start at once after the folder was given back", async () => {
    const processes = await Promise.all(Array.from({ length: 4 }, startProcess));

    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(processes.map((each) => each.tell("lock")));

      expect(answers.filter((answer) => answer === "locked")).toHaveLength(1);
      await Promise.all(processes.map((each) => each.tell("release")));
    }
  });

  test.each([
    ["a process that has our pid", { startTime: "1" }],
    ["a process whose pid is free", { pid: 4_194_999 }],
  ])("takes over from %s and started at another time", async (_, holder) => {
    await leaveLock(holder);

    await lockHere();

    expect(await readdir(folder)).toEqual(["lock.8"]);
  });

  test.each(["", "\0\0\0\0", '{"pid":'])("takes over a file that is not whole: %j", async (text) => {
    await writeFile(join(folder, "lock.7"), text);

    await lockHere();

    expect(await readdir(folder)).toEqual(["lock.8"]);
  });

  test("takes over from another host that has been silent", async () => {
    await leaveLock({ host: "elsewhere" }, minuteAgo());

    await lockHere();

    expect(await readdir(folder)).toEqual(["lock.8"]);
  });

  test.each([
    ["on another host", { pid: 41, host: "elsewhere" }],
    ["in another container of that name", { pid: 1, pidSpace: "another namespace", startTime: "1" }],
    ["on a system that tells no start times", { pid: 41, startTime: null }],
  ])("refuses while a process beats %s", async (_, holder) => {
    const path = await leaveLock(holder, minuteAgo());
    let beats = 0;
    const beat = () => {
      beats += 1;
      const time = new Date(Date.now() + beats);
      return utimes(path, time, time);
    };
    await beat();
    const beating = setInterval(beat, 20);
    onTestFinished(() => clearInterval(beating));

    await expect(lockHere()).rejects.toThrow(`is in use by process ${holder.pid} on host`);
  });

  test.each([
    ["now", new Date()],
    ["by a clock that is ahead", new Date(Date.now() + 3_600_000)],
  ])("waits for the silence of another host that beat last %s", async (_, mtime) => {
    await leaveLock({ host: "elsewhere" }, mtime);

    await lockHere({ silenceMs: 100 });

    expect(await readdir(folder)).toEqual(["lock.8"]);
  });

  test("beats for other hosts to see", async () => {
    await lockHere({ heartbeatMs: 10 });
    const path = join(folder, "lock.1");
    await utimes(path, minuteAgo(), minuteAgo());

    await vi.waitFor(async () => {
      const { mtimeMs } = await stat(path);
      expect(Date.now() - mtimeMs).toBeLessThan(10_000);
    });
  });

  test("tells its holder once when it is lost", async () => {
    const onLost = vi.fn();
    await lockHere({ onLost, heartbeatMs: 10 });

    await writeFile(join(folder, "lock.2"), "");

    await vi.waitFor(() => expect(onLost).toHaveBeenCalled());
    expect(onLost).toHaveBeenCalledOnce();
  });

  test("is lost when its folder can no longer be written to", async () => {
    const onLost = vi.fn();
    await lockFolder(folder, { onLost, heartbeatMs: 5, silenceMs: 20 });

    await rm(folder, { recursive: true });

    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce());
    await mkdir(folder);
  });

  test("that cannot be read is no free one", async () => {
    await mkdir(join(folder, "lock.1"));

    await expect(lockFolder(folder)).rejects.toThrow(/EISDIR/);
  });

  test("stays silent when it was given back and somebody else has it", async () => {
    const onLost = vi.fn();
    const lock = await lockFolder(folder, { onLost, heartbeatMs: 2 });
    await lock.release();
    await lockHere();

    await sleep(20);

    expect(onLost).not.toHaveBeenCalled();
    expect(await readdir(folder)).toEqual(["lock.2"]);
    expect(await readFile(join(folder, "lock.2"), "utf8")).toContain(`"pid":${process.pid}`);
  });
});
