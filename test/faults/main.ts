import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findPostgresBinaries } from "../support/engines/postgres.binaries.js";
import { type CaseResult, type FaultCase, notCarriedOut, runCase } from "./case.js";
import { clientCases } from "./cases/client.cases.js";
import { databaseCases } from "./cases/database.cases.js";
import { failoverCases } from "./cases/failover.cases.js";
import { networkCases } from "./cases/network.cases.js";
import { poolerCases } from "./cases/pooler.cases.js";
import { serverCases } from "./cases/server.cases.js";
import { upgradeCases } from "./cases/upgrade.cases.js";
import { Janitor } from "./janitor.js";
import { faultsOf, table } from "./table.js";

const help = `Hurts the server, its database and the network while executors report, and compares what was acknowledged
with what is stored. Starts PostgreSQL servers of its own; everything is gone when it ends.

Usage: npm run test:faults [-- options]

  --short        a few cases, within about a minute and a half
  --case NAME    only this case; may stand more than once
  --seed N       the same moments and reports as in a run that printed this seed
  --list         tells the cases and what happens in them
  -h, --help     this text

The exit code is 0 when nothing acknowledged was lost or stored twice and no other rule was broken, 1 when something was, and
2 when the command line is wrong.
`;

const cases: readonly FaultCase[] = [
  ...databaseCases,
  ...networkCases,
  ...failoverCases,
  ...poolerCases,
  ...serverCases,
  ...clientCases,
  ...upgradeCases,
];

/** @throws what `parseArgs` throws, or an error that names the cases there are */
function parseCommandLine() {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      case: { type: "string", multiple: true, default: [] },
      seed: { type: "string" },
      list: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const unknown = values.case.find((name) => !cases.some((one) => one.name === name));
  if (unknown !== undefined) throw new Error(`There is no case ${unknown}; --list tells those there are.`);
  if (values.seed !== undefined && !/^\d{1,9}$/.test(values.seed))
    throw new Error("--seed takes a whole number.");
  const isChosen = ({ name, isShort = false }: FaultCase) =>
    values.case.length > 0 ? values.case.includes(name) : isShort || !values.short;
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  return { ...values, seed, chosen: cases.filter(isChosen) };
}

/** Runs cases one after the other; those that cannot be run here are told and left out. */
async function runAll(
  chosen: readonly FaultCase[],
  binaries: string,
  folder: string,
  seed: number,
): Promise<Map<FaultCase, CaseResult>> {
  const results = new Map<FaultCase, CaseResult>();
  for (const [index, one] of chosen.entries()) {
    const missing = one.missing?.();
    const place = `${index + 1}/${chosen.length} ${one.name}`;
    if (missing !== undefined) {
      console.log(`${place}: left out, for ${missing}`);
      continue;
    }
    console.log(`${place}: ${one.sentence}`);
    const result = await runCase(one, { binaries, folder: join(folder, one.name), seed }).catch(
      notCarriedOut,
    );
    results.set(one, result);
    const faults = faultsOf(result);
    const passed = faults.length === 0 ? "passed" : "FAILED";
    console.log(`  ${passed} in ${Math.round(result.tookMs / 1_000)} s`);
    if (faults.length === 0) continue;
    for (const fault of faults) console.log(`  ${fault}`);
    for (const line of result.log) console.log(`  a server said: ${line}`);
  }
  return results;
}

/** Runs them in a folder of their own, of which nothing is left, however this ends. */
async function runAndSweep(
  chosen: readonly FaultCase[],
  binaries: string,
  seed: number,
): Promise<ReadonlyMap<FaultCase, CaseResult>> {
  const folder = mkdtempSync(join(tmpdir(), "ws-metrics-faults-"));
  chmodSync(folder, 0o755); // the user that PostgreSQL runs as has to pass through
  const janitor = new Janitor(folder);
  const stop = () => void janitor.sweep().then(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);
  try {
    return await runAll(chosen, binaries, folder, seed);
  } finally {
    await janitor.sweep();
  }
}

async function main(): Promise<number> {
  const { help: isHelp, list, chosen, seed } = parseCommandLine();
  if (isHelp) console.log(help);
  else if (list) for (const { name, sentence } of cases) console.log(`${name.padEnd(22)}${sentence}`);
  else {
    const binaries = findPostgresBinaries();
    if (binaries === undefined) {
      console.log("There is no PostgreSQL server on this machine, so nothing can be hurt; install one.");
      return process.env.CI === "true" ? 1 : 0;
    }
    console.log(`Seed ${seed}; the same again: npm run test:faults -- --seed ${seed}`);
    const results = await runAndSweep(chosen, binaries, seed);
    console.log(table(results));
    return [...results.values()].every((result) => faultsOf(result).length === 0) ? 0 : 1;
  }
  return 0;
}

try {
  process.exit(await main());
} catch (error) {
  const isUsage =
    error instanceof Error &&
    /^(--|There is no case)|ERR_PARSE_ARGS/.test(`${error.message} ${"code" in error ? error.code : ""}`);
  console.error(isUsage ? `${error.message}\n\n--help explains this command.` : error);
  process.exit(isUsage ? 2 : 1);
}
