import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { findPostgresBinaries } from "../test/support/engines/postgres.binaries.js";
import type { BenchCase } from "./bench-case.js";
import { benchCases } from "./cases/all.js";
import { type Finding, rowOf, tableOf } from "./finding.js";
import { describeMachine } from "./machine.js";
import { withSection } from "./results.js";
import { type Scale, Workbench } from "./workbench.js";

const help = `Measures what the server does against what others make of the same work.

Usage:
  npm run bench                     everything, at 10,000 and 1,000,000 runs
  npm run bench -- --large          at 10,000,000 runs as well: 60 GB of disk, an hour and more
  npm run bench -- --quick          a few minutes, with less data; writes nothing
  npm run bench -- --case NAME      one case, or several
  npm run bench -- --list           the cases

bench/results.md keeps what each case found last, unless it was quick.

It makes a PostgreSQL cluster of its own, as durable as one is by default, fills it with made-up data, and removes it.
Contestants take turns in one run, so a ratio says more than an amount. It takes the programs of a PostgreSQL server,
pgbench among them.

Exit code: 0 measured, whatever was reached; 1 a contestant failed; 2 the command is wrong.`;

const resultsFile = new URL("results.md", import.meta.url);

function complain(message: string): never {
  console.error(`${message}\n\n--help explains this command.`);
  process.exit(2);
}

function chosen(names: readonly string[] | undefined): readonly BenchCase[] {
  const unknown = names?.find((name) => !benchCases.some((each) => each.name === name));
  if (unknown !== undefined) complain(`There is no case ${unknown}; --list shows them.`);
  return benchCases.filter(({ name }) => names === undefined || names.includes(name));
}

/** A case that fails does not keep the others from being measured. */
async function measure({ name, summary, measure }: BenchCase, bench: Workbench): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  say(`${name}: ${summary}`);
  try {
    await measure(bench, (finding) => {
      findings.push(finding);
      say(rowOf(finding));
    });
    if (!bench.scale.quick)
      await keep(name, `${describeMachine(bench.binaries)}; ${now()}\n\n${tableOf(findings)}`);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
  return findings;
}

async function keep(name: string, section: string): Promise<void> {
  const kept = await readFile(resultsFile, "utf8").catch(() => "");
  const order = benchCases.map((each) => each.name);
  await writeFile(resultsFile, withSection(kept, name, section, order));
}

const now = () => new Date().toISOString();
const begunAtMs = performance.now();
const say = (sentence: string) =>
  console.error(`[${Math.round((performance.now() - begunAtMs) / 1000)} s] ${sentence}`);

async function run(cases: readonly BenchCase[], scale: Scale): Promise<void> {
  const binaries = findPostgresBinaries();
  if (binaries === undefined)
    throw new Error("There is no PostgreSQL server on this machine to measure with.");
  const header = `${describeMachine(binaries)}; ${now()}${scale.quick ? "; quick" : ""}`;
  const bench = await Workbench.open(scale, binaries, say);
  try {
    const findings: Finding[] = [];
    for (const each of cases) findings.push(...(await measure(each, bench)));
    console.log(`\n${header}\n\n${tableOf(findings)}`);
  } finally {
    await bench.close();
  }
}

// Whoever ends this ends what it started: processes that still run are stopped when it exits.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
    case: { type: "string", multiple: true },
    list: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help) console.log(help);
else if (values.list) for (const { name, summary } of benchCases) console.log(`${name.padEnd(16)}${summary}`);
else await run(chosen(values.case), values);
