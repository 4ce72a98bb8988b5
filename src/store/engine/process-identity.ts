import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { hostname, platform } from "node:os";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

/** What tells a process from every other, also from one that had or will have the same pid. */
export const processIdentity = z.object({
  host: z.string(),
  /** Where a pid means something: this boot of this machine, this namespace of pids. */
  pidSpace: z.string().nullable(),
  pid: z.int().nullable(),
  /** When it started, in whatever unit the system counts; whatever the system does not tell is null. */
  startTime: z.string().nullable(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** A process that runs, as the system lists it. */
type Listed = { readonly pid: number; readonly startTime: string };

/** Field 1 is the pid, 3 the state and 22 the start, in ticks since boot; field 2, a name, may hold anything. */
async function listedOnLinux(pid: number | "self"): Promise<Listed | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const [state, ...others] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const startTime = others[18];
  const isDead = state === "Z" || state === "X";
  return isDead || startTime === undefined ? undefined : { pid: Number.parseInt(stat, 10), startTime };
}

/** The same where there is no `/proc`; fails as `ps` does when there is no such process. */
export async function listedByPs(pid: number | "self"): Promise<Listed | undefined> {
  const command = `ps -o pid= -o stat= -o lstart= -p ${pid === "self" ? "$PPID" : pid}`;
  const { stdout } = await run("sh", ["-c", command], {
    env: { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" },
  });
  const [, number, state, startTime] = /^\s*(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(stdout) ?? [];
  return startTime === undefined || state?.startsWith("Z") ? undefined : { pid: Number(number), startTime };
}

/** No such process, which `ps` says with exit code 1, or no such source of facts (127: no `ps`; Windows has no `sh`). */
const meansNotFound: readonly unknown[] = ["ENOENT", "ESRCH", 1, 127];

function undefinedIfNotFound(error: { readonly code?: unknown }): undefined {
  if (!meansNotFound.includes(error.code)) throw error;
}

/** The process that has `pid` now; undefined when there is none, or it is dead and only not buried. */
function listed(pid: number | "self"): Promise<Listed | undefined> {
  const look = platform() === "linux" ? listedOnLinux : listedByPs;
  return look(pid).catch(undefinedIfNotFound);
}

async function pidSpaceOnLinux(): Promise<string> {
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
  return `${boot.trim()} ${await readlink("/proc/self/ns/pid")}`;
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  const host = hostname();
  const pidSpace = platform() === "linux" ? await pidSpaceOnLinux().catch(undefinedIfNotFound) : host;
  const { pid = null, startTime = null } = (await listed("self")) ?? {};
  return { host, pidSpace: pidSpace ?? null, pid, startTime };
}

/**
 * Whether `other` still runs; undefined when `self` cannot tell, being on another machine, in another container
 * or on a system that does not list its processes.
 */
export async function isRunning(other: ProcessIdentity, self: ProcessIdentity): Promise<boolean | undefined> {
  const { pid, startTime } = other;
  const isNear = other.host === self.host && other.pidSpace !== null && other.pidSpace === self.pidSpace;
  if (!isNear || pid === null || startTime === null) return undefined;
  return (await listed(pid))?.startTime === startTime;
}
