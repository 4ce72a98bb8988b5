import { readFile } from "node:fs/promises";
import type { ServerProcess } from "../test/support/process.js";

/** The memory of a process, in megabytes: now, and at most so far; NaN when it has ended, and where there is no `/proc`. */
export async function residentMegabytes({ pid }: Pick<ServerProcess, "pid">) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const of = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024);
  return { now: of("VmRSS"), atMost: of("VmHWM") };
}
