import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Sample } from "../alternate.js";

const run = promisify(execFile);
/** Of so many transactions the time is noted: enough for quantiles, too few to cost anything. */
const sampled = 0.2;

/** What pgbench is asked for. */
export interface PgbenchOrder {
  /** The folder of PostgreSQL's programs. */
  readonly binaries: string;
  /** The URL of the database. */
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
  /** What a transaction is, in pgbench's own language. */
  readonly script: string;
}

/** Runs a script again and again, its statements prepared, on each of its connections. */
export async function pgbench({ binaries, url, clients, seconds, script }: PgbenchOrder): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), "ws-metrics-pgbench-"));
  try {
    const file = join(folder, "script.sql");
    await writeFile(file, script);
    const { hostname, port, username, pathname } = new URL(url);
    const { stdout } = await run(
      join(binaries, "pgbench"),
      [
        ...["-h", hostname, "-p", port, "-U", username, "--no-vacuum", "--protocol=prepared"],
        ...["--client", String(clients), "--jobs", String(Math.min(2, clients)), "--time", String(seconds)],
        ...["--log", "--log-prefix=took", `--sampling-rate=${sampled}`, "--file", file, pathname.slice(1)],
      ],
      { cwd: folder },
    );
    return { perSecond: speedIn(stdout), tookMs: await latenciesIn(folder) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @throws when a transaction failed, or pgbench says something new */
function speedIn(output: string): number {
  const failed = Number(/number of failed transactions: (\d+)/.exec(output)?.[1] ?? 0); // before 15 one is the end
  const speed = /^tps = ([\d.]+) \(without initial connection time\)/m.exec(output)?.[1];
  if (speed === undefined || failed > 0)
    throw new Error(`pgbench did not do what it was asked for.\n${output}`);
  return Number(speed);
}

/** The third field of its log is how long a transaction took, in microseconds. */
async function latenciesIn(folder: string): Promise<readonly number[]> {
  const logs = (await readdir(folder)).filter((name) => name.startsWith("took"));
  const texts = await Promise.all(logs.map((name) => readFile(join(folder, name), "utf8")));
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => line !== "");
  return lines.map((line) => Number(line.split(" ")[2]) / 1000);
}
