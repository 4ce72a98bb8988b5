import { parseArgs } from "node:util";
import { loadData } from "../bench/seed/load.js";
import { usualCallsDays } from "../bench/seed/seed-plan.js";
import { migrate } from "../src/store/migration/migrations.js";
import { runCommand, UsageError } from "./database.command.js";

const help = `Fills a database with made-up runs, to try reports on and to measure with.

Usage:
  npm run seed -- --executions 10000
  npm run seed -- --executions 1000000 --no-calls

  --executions N  how many runs, spread over the year before now
  --calls-days D  LLM calls, 20 a run, for the runs of the last D days (all; with more than a million runs 30)
  --no-calls      no LLM calls
  --seed S        another seed makes other runs, which may stand beside those of the first (1)
  --until TIME    the end of that year, e.g. 2026-03-01T00:00:00Z (now); the same time and seed make the same runs

Runs have 3 to 8 phases, rework, failures, bug fixes and every status; documents, derived metrics and sums agree with
the rows, as the server would have stored them. Migrations are applied first. On PostgreSQL it takes a role that may set
session_replication_role, such as a superuser, because triggers are off while it loads.

Environment:
  DATABASE_URL  the PostgreSQL server, e.g. postgres://user:password@host:5432/database
  DATA_DIR      without DATABASE_URL: the folder of the embedded database (./data); no server may be using it

Exit code: 0 the runs are stored; 1 they are not, or some of them, and why; 2 the command or the environment is wrong.`;

const secondsBetweenSentences = 5;

/** Says every few seconds how much is stored. */
function progressTold(say: (sentence: string) => void, executions: number): (stored: number) => void {
  const begunAtMs = performance.now();
  let saidAtMs = begunAtMs;
  return (stored) => {
    const nowMs = performance.now();
    if (stored < executions && nowMs - saidAtMs < secondsBetweenSentences * 1000) return;
    saidAtMs = nowMs;
    const seconds = Math.round((nowMs - begunAtMs) / 1000);
    say(`${stored.toLocaleString("en")} of ${executions.toLocaleString("en")} runs after ${seconds} s.`);
  };
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`--${name} takes a whole number from ${least}, not ${text}.`);
}

function timeOf(text: string | undefined): Date {
  const time = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new UsageError(`--until takes a time such as 2026-03-01T00:00:00Z, not ${text}.`);
  return time;
}

await runCommand(help, () => {
  const { values } = parseArgs({
    options: {
      executions: { type: "string" },
      "calls-days": { type: "string" },
      "no-calls": { type: "boolean" },
      seed: { type: "string" },
      until: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return { help: true, run: async () => {} };
  const executions = wholeNumber("executions", values.executions, 1);
  if (executions === undefined) throw new UsageError("--executions says how many runs to make.");
  const callsDays = values["no-calls"] ? 0 : wholeNumber("calls-days", values["calls-days"], 0);
  const plan = {
    executions,
    callsDays: callsDays ?? usualCallsDays(executions),
    seed: wholeNumber("seed", values.seed, 1) ?? 1,
    until: timeOf(values.until),
  };
  return {
    help: false,
    run: async (store, say) => {
      await migrate(store.database, say);
      await loadData(store, plan, progressTold(say, executions));
      say("The runs are stored.");
    },
  };
});
