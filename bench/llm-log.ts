import { availableParallelism, cpus, totalmem } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { drizzle } from "drizzle-orm/pg-proxy";
import postgres from "postgres";
import { usualLogColumns } from "../src/domain/llm-log.js";
import { noPrices } from "../src/domain/price.js";
import { defaultLimits } from "../src/limits.js";
import { LlmLogCopier } from "../src/services/llm-log.service.js";
import type { Database } from "../src/store/database.js";
import { connectPostgres } from "../src/store/engine/connect.js";
import * as logs from "../src/store/llm-log.repository.js";
import { migrate } from "../src/store/migration/migrations.js";
import { findPostgresBinaries } from "../test/support/engines/postgres.binaries.js";
import { startCluster } from "../test/support/engines/postgres.cluster.js";
import { createDatabase, urlOf } from "../test/support/engines/postgres.databases.js";
import { launchProcess, type ServerProcess } from "../test/support/process.js";
import { addHour, fillLog, type LogPlan } from "./llm-log.data.js";
import { type Latency, postPhases } from "./paced-posts.js";
import { median } from "./statistics.js";

/**
 * What the copy of an LLM log costs, and what it costs others: `npx tsx bench/llm-log.ts [rows]`. Uses a PostgreSQL
 * cluster of its own, as safe as a server is by default.
 */

const dayMs = 86_400_000;
const rows = Number(process.argv[2] ?? 1_000_000);
const perSecond = 100;
const warmUpMs = 3_000;
const roundMs = 20_000;
const log = { schema: "public", table: "llm_run", columns: usualLogColumns };
const options = { poolSize: 5, statementTimeoutMs: 60_000, connectTimeoutMs: 10_000 };

const findings: [what: string, figure: string][] = [];
const find = (what: string, figure: string) => {
  findings.push([what, figure]);
  console.log(`${what}: ${figure}`);
};
const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
/** The medians over rounds. */
function medians(rounds: readonly Latency[]): string {
  const of = (figure: (latency: Latency) => number) => median(rounds.map(figure)).toFixed(1);
  return `p50 ${of(({ p50 }) => p50)} ms, p99 ${of(({ p99 }) => p99)} ms (medians of ${rounds.length} rounds)`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** A database with a log, migrated but without a call. */
async function withLog(
  server: string,
  name: string,
  plan: LogPlan,
  use: (url: string, sql: postgres.Sql) => Promise<void>,
): Promise<void> {
  await createDatabase(server, name, "template0");
  const url = urlOf(server, name);
  const store = await connectPostgres(url, options);
  await migrate(store.database, () => {});
  await store.close();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await fillLog(sql, plan);
  await use(url, sql).finally(() => sql.end());
}

/** Copies in this process, with a clock that stands at the end of the log. */
async function withCopier(
  url: string,
  now: () => Date,
  use: (copy: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const store = await connectPostgres(url, options);
  const copier = new LlmLogCopier({
    ...{ store, log, clock: now, limits: defaultLimits, prices: noPrices },
    stopping: new AbortController().signal,
    onProgress: () => {},
  });
  const copy = async () => {
    while (!(await copier.pass()).isComplete);
  };
  await use(copy);
  await copier.giveTurnBack();
  await store.close();
}

/** The plan of what a repository sends, as it was executed. */
async function planOf(sql: postgres.Sql, query: (db: Database) => Promise<unknown>): Promise<string> {
  let plan = "";
  const db = drizzle(async (statement, params) => {
    const lines = await sql.unsafe(`explain (analyze, buffers, timing off) ${statement}`, params);
    plan = lines.map((line) => String(line["QUERY PLAN"])).join("\n");
    return { rows: [] };
  });
  await query(db);
  return plan;
}

/** Posts phases to a server of its own for a while; `isOver` may end it sooner. */
async function posting(
  env: Readonly<Record<string, string>>,
  runs: number,
  forMs: number,
  isOver: (server: ServerProcess) => Promise<boolean> = async () => false,
): Promise<Latency> {
  const server = await launchProcess({ LOG_LEVEL: "warn", ...env });
  const isReady = () =>
    server.fetch("/readyz").then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await isReady())) await pause(50);
  const load = { runs, perSecond };
  await postPhases(server.url, { ...load, isOver: (ms) => ms > warmUpMs });
  let isEnded = false;
  const watching = setInterval(async () => {
    isEnded ||= await isOver(server);
  }, 200);
  const latency = await postPhases(server.url, { ...load, isOver: (ms) => isEnded || ms > forMs });
  clearInterval(watching);
  await server.kill();
  return latency;
}

/**
 * Servers without and with the log take turns, so that whatever else the machine does meets both alike; each one with
 * the log goes on where the one before it was.
 */
async function measureIntake(url: string, runs: number): Promise<void> {
  const without = { DATABASE_URL: url };
  const withLog = { ...without, LLM_LOG_TABLE: "public.llm_run" };
  const rounds: Record<"without" | "during" | "afterwards", Latency[]> = {
    without: [],
    during: [],
    afterwards: [],
  };
  let tookMs = 0;
  let isCopied = false;
  while (!isCopied) {
    rounds.without.push(await posting(without, runs, roundMs));
    const begun = performance.now();
    const during = await posting(withLog, runs, roundMs, async (server) => {
      const { llm_log: status } = (await server.fetch("/readyz")).body as { llm_log?: { state: string } };
      if (status?.state === "current" && !isCopied) {
        isCopied = true;
        tookMs += performance.now() - begun;
      }
      return isCopied;
    });
    if (!isCopied) tookMs += performance.now() - begun;
    rounds.during.push(during);
    console.log({ without: rounds.without.at(-1), during });
  }
  for (let round = 0; round < 3; round += 1) {
    rounds.without.push(await posting(without, runs, roundMs));
    rounds.afterwards.push(await posting(withLog, runs, roundMs));
  }
  find(
    "intake, starts of its servers included",
    `${seconds(tookMs)}, ${Math.round(rows / (tookMs / 1000))} rows/s`,
  );
  find("phases posted without a log", medians(rounds.without));
  find("phases posted during the intake", medians(rounds.during));
  find("phases posted after the intake", medians(rounds.afterwards));
}

async function main(): Promise<void> {
  const binaries = findPostgresBinaries();
  if (binaries === undefined) throw new Error("There are no server programs of PostgreSQL here.");
  const cluster = await startCluster(binaries, {});
  const runs = Math.round(rows / 20);
  const now = new Date();
  const year = { rows, runs, spreadMs: 365 * dayMs, now };
  const plans: string[] = [];
  try {
    await withLog(cluster.url, "year", year, async (url, sql) => {
      await measureIntake(url, runs);
      let clock = now;
      await withCopier(
        url,
        () => clock,
        async (copy) => {
          find("first pass of a new process, nothing new", seconds(await timed(copy)));
          find("pass, nothing new", seconds(await timed(copy)));
          const count = await addHour(sql, year);
          clock = new Date(now.getTime() + 3_600_000);
          const settling = new Date(clock.getTime() - 2 * dayMs);
          plans.push(`logs.minutes\n${await planOf(sql, (db) => logs.minutes(db, log, settling))}`);
          const span = { from: now, before: clock };
          plans.push(
            `logs.nextChunk\n${await planOf(sql, (db) => logs.nextChunk(db, log, span, undefined, 500))}`,
          );
          find(`pass, an hour's ${count} rows are new`, seconds(await timed(copy)));
        },
      );
    });
    await withLog(cluster.url, "recent", { ...year, spreadMs: 2 * dayMs - 60_000 }, async (url, sql) => {
      await withCopier(
        url,
        () => now,
        async (copy) => {
          find("intake in this process, all rows in the last 48 hours", seconds(await timed(copy)));
          await sql.unsafe("vacuum analyze");
          find("pass over all rows in the last 48 hours, nothing new", seconds(await timed(copy)));
          await sql.unsafe("update llm_run set cost_usd = 1 where id = md5('call-' || $1)::uuid", [rows / 2]);
          find("pass over all rows in the last 48 hours, one changed", seconds(await timed(copy)));
        },
      );
      await withCopier(
        url,
        () => now,
        async (copy) => {
          find("first pass of a new process over them", seconds(await timed(copy)));
        },
      );
    });
  } finally {
    await cluster.stop();
  }
  report(plans);
}

function report(plans: readonly string[]): void {
  const machine = `${cpus()[0]?.model}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  console.log(`\n${machine}; Node ${process.versions.node}; ${rows} rows, ${perSecond} posts/s\n`);
  console.log("| what | figure |\n|---|---|");
  for (const [what, figure] of findings) console.log(`| ${what} | ${figure} |`);
  for (const plan of plans) console.log(`\n${plan}`);
}

await main();
