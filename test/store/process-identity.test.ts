import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { isRunning, listedByPs, ownIdentity } from "../../src/store/engine/process-identity.js";

function hasPs(): boolean {
  try {
    execFileSync("sh", ["-c", "ps -o lstart= -p $$"]);
    return true;
  } catch {
    return false;
  }
}

test("this process runs", async () => {
  const self = await ownIdentity();

  expect(self.pid).toBe(process.pid);
  expect(await isRunning(self, self)).toBe(true);
});

test("a process that started at another time is not the one that had its pid", async () => {
  const self = await ownIdentity();

  expect(await isRunning({ ...self, startTime: "1" }, self)).toBe(false);
});

test("of a process in another space of pids nothing is known", async () => {
  const self = await ownIdentity();

  expect(await isRunning({ ...self, pidSpace: "elsewhere" }, self)).toBeUndefined();
});

test.runIf(hasPs())("ps tells a process from others as well", async () => {
  const child = spawn(process.execPath, ["--eval", "process.stdin.resume()"]);
  const other = await listedByPs(child.pid ?? 0);
  child.kill("SIGKILL");
  await once(child, "exit");

  expect((await listedByPs("self"))?.pid).toBe(process.pid);
  expect(other?.pid).toBe(child.pid);
  await expect(listedByPs(child.pid ?? 0)).rejects.toMatchObject({ code: 1 });
});
