import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { hostname, platform } from "node:os";
import { pid as ownPid } from "node:process";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

/** What tells a process from every other, also from one that had or will have the same pid. */
export const processIdentity = z.object({
  pid: z.int(),
  host: z.string(),
  /** Where `pid` means something: this boot of this machine, this namespace of pids. */
  pidSpace: z.string().nullable(),
  /** When it started, in whatever unit the system counts; this and `pidSpace` are null where it does not tell. */
  startTime: z.string().nullable(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** Field 3 is the state and field 22 the start, in ticks since boot; field 2, a name, may hold anything. */
async function startTimeOnLinux(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const isDead = /^[ZX]$/.test(fields[0] ?? "");
  return isDead ? null : (fields[19] ?? null);
}

async function startTimeElsewhere(pid: number): Promise<string | null> {
  const { stdout } = await run("ps", ["-o", "stat=", "-o", "lstart=", "-p", String(pid)], {
    env: { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" },
  });
  const [, state = "Z", startTime = null] = /^(\S+)\s+(.+)$/.exec(stdout.trim()) ?? [];
  return state.startsWith("Z") ? null : startTime;
}

/** No such process; `ps` says so with exit code 1. Without `ps` (Windows) nothing can be told. */
const meansNothingFound: readonly unknown[] = ["ENOENT", "ESRCH", 1];

function nullIfNotFound(error: { readonly code?: unknown }): null {
  if (meansNothingFound.includes(error.code)) return null;
  throw error;
}

/** When the process that has `pid` now started; null when there is none, or it is dead and only not buried. */
function startTimeOf(pid: number): Promise<string | null> {
  const startTime = platform() === "linux" ? startTimeOnLinux : startTimeElsewhere;
  return startTime(pid).catch(nullIfNotFound);
}

async function pidSpaceOnLinux(): Promise<string> {
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
  return `${boot.trim()} ${await readlink("/proc/self/ns/pid")}`;
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  const host = hostname();
  const pidSpace = platform() === "linux" ? await pidSpaceOnLinux().catch(nullIfNotFound) : host;
  return { pid: ownPid, host, pidSpace, startTime: await startTimeOf(ownPid) };
}

/** Whether `other` still runs; undefined when `self` cannot tell, being on another machine or in another container. */
export async function isRunning(other: ProcessIdentity, self: ProcessIdentity): Promise<boolean | undefined> {
  const isNear = other.host === self.host && other.pidSpace !== null && other.pidSpace === self.pidSpace;
  if (!isNear || other.startTime === null) return undefined;
  return (await startTimeOf(other.pid)) === other.startTime;
}
