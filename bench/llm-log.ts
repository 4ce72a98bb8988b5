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

/**
 * What the copy of an LLM log costs, and what it costs others: `npx tsx bench/llm-log.ts [rows]`. Uses a PostgreSQL
 * cluster of its own, as safe as a server is by default.
 */

const dayMs = 86_400_000;
const rows = Number(process.argv[2] ?? 1_000_000);
const perSecond = 100;
const log = { schema: "public", table: "llm_run", columns: usualLogColumns };
const options = { poolSize: 5, statementTimeoutMs: 60_000, connectTimeoutMs: 10_000 };

const findings: [what: string, figure: string][] = [];
const find = (what: string, figure: string) => {
  findings.push([what, figure]);
  console.log(`${what}: ${figure}`);
};
const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
const latency = ({ count, p50, p99, max }: Latency) =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(0)} ms (${count} posts)`;

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

async function startServer(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const server = await launchProcess(env);
  const isReady = () =>
    server.fetch("/readyz").then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await isReady())) await pause(50);
  return server;
}

/** A server takes the log in while phases are posted to it. */
async function measureIntake(url: string, runs: number): Promise<void> {
  const env = { DATABASE_URL: url, LOG_LEVEL: "warn" };
  const load = { runs, perSecond };
  const without = await startServer(env);
  await postPhases(without.url, { ...load, isOver: (ms) => ms > 5_000 });
  find(
    "phases posted without a log",
    latency(await postPhases(without.url, { ...load, isOver: (ms) => ms > 20_000 })),
  );
  await without.kill();

  const server = await startServer({ ...env, LLM_LOG_TABLE: "public.llm_run" });
  const begun = performance.now();
  let tookMs: number | undefined;
  const watching = setInterval(async () => {
    const { body } = await server.fetch("/readyz");
    const { llm_log: status } = body as { readonly llm_log?: { readonly state: string } };
    if (status?.state === "current") tookMs ??= performance.now() - begun;
  }, 250);
  const during = await postPhases(server.url, { ...load, isOver: () => tookMs !== undefined });
  clearInterval(watching);
  find(
    "intake, while phases are posted",
    `${seconds(tookMs ?? 0)}, ${Math.round(rows / ((tookMs ?? 0) / 1000))} rows/s`,
  );
  find("phases posted during the intake", latency(during));
  const afterwards = await postPhases(server.url, { ...load, isOver: (ms) => ms > 20_000 });
  find("phases posted after the intake", latency(afterwards));
  await server.kill();
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
