import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";

/** On what figures were measured: machine, versions, and how busy others kept it at the start. */
export function describeMachine(binaries: string): string {
  const postgres = execFileSync(join(binaries, "postgres"), ["--version"], { encoding: "utf8" }).trim();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus()[0]?.model}, ${availableParallelism()} cores, ${memory}; load before ${load}; Node ${process.versions.node}; ${postgres}`;
}
