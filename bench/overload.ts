import { availableParallelism } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { findPostgresBinaries } from "../test/support/engines/postgres.binaries.js";
import { startCluster } from "../test/support/engines/postgres.cluster.js";
import { launchProcess, type ServerProcess } from "../test/support/process.js";
import { type Load, makeLoad } from "./load.js";
import type { LoadOrder } from "./load.process.js";
import { residentMegabytes } from "./resident-memory.js";
import { runIdOf } from "./seed/seed-plan.js";
import { median, quantile } from "./statistics.js";

/**
 * What becomes of a server that is asked for ten times as much as it can do: `npm run bench:overload`. Uses a PostgreSQL
 * cluster of its own, as safe as a server is by default, and two processes that make the load, on the same machine.
 */

const clients = 32;
const overloadConnections = 1_500;
const times = 10;
const roundMs = 8_000;
const runs = 4_000;
const seed = 1;

type Order = Omit<LoadOrder, "url" | "runs" | "seed">;

const load = (server: ServerProcess, order: Order, processes = 2) =>
  makeLoad({ ...order, url: server.url, seed, runs }, processes);

const perSecond = (took: readonly number[]) => Math.round((took.length * 1000) / roundMs);

function quantiles(took: readonly number[]): string {
  if (took.length === 0) return "none";
  return `p50 ${Math.round(median(took))} ms, p99 ${Math.round(quantile(took, 0.99))} ms`;
}

async function tellMemory(server: ServerProcess): Promise<void> {
  const { now, atMost } = await residentMegabytes(server);
  console.log(`Memory: ${now} MB, at most ${atMost} MB`);
}

function tell(what: string, { due, unsent, accepted, refused, others }: Load): void {
  console.log(
    [
      `${what}:`,
      `  asked for ${Math.round((due * 1000) / roundMs)}/s; no connection free for ${Math.round((unsent * 1000) / roundMs)}/s`,
      `  accepted ${perSecond(accepted)}/s, ${quantiles(accepted)}`,
      `  refused  ${perSecond(refused)}/s, ${quantiles(refused)}`,
      ...(others.length > 0 ? [`  else     ${JSON.stringify(others)}`] : []),
    ].join("\n"),
  );
}

async function startRuns(server: ServerProcess): Promise<void> {
  const ids = Array.from({ length: runs }, (_, number) => runIdOf(seed, number));
  const events = ids.map((id) => ({
    startExecution: { id, wsId: `WS-${id.slice(-2)}`, executor: "human" },
  }));
  for (let at = 0; at < runs; at += 500) {
    const { body } = await server.graphql(
      "mutation ($events: [EventInput!]!) { recordEvents(events: $events) { outcome } }",
      { events: events.slice(at, at + 500) },
    );
    if (body.errors) throw new Error(JSON.stringify(body.errors));
  }
}

async function measure(server: ServerProcess): Promise<void> {
  await startRuns(server);
  const steady: Order = { what: "phases-rest", perSecond: 0, connections: clients, durationMs: roundMs };
  await load(server, { ...steady, durationMs: 2_000 });
  const sustained = await load(server, steady);
  tell(`Writes that ${clients} clients sustain`, sustained);

  const flood = { perSecond: perSecond(sustained.accepted) * times, connections: overloadConnections };
  tell(`${times} times that many`, await load(server, { ...steady, ...flood }));
  await tellMemory(server);

  const few: Order = { ...steady, perSecond: perSecond(sustained.accepted) / 4 };
  tell("A quarter of the writes, alone", await load(server, few, 1));
  const reports = { ...steady, what: "reports" as const };
  const sustainedReads = await load(server, reports);
  tell(`Reports that ${clients} clients sustain`, sustainedReads);
  const readFlood = {
    ...reports,
    perSecond: perSecond(sustainedReads.accepted) * times,
    connections: overloadConnections,
  };
  const [writes, reads] = await Promise.all([load(server, few, 1), load(server, readFlood)]);
  tell(`The same writes beside ${times} times as many reports`, writes);
  tell("those reports", reads);
  await tellMemory(server);
  const after = await load(server, steady);
  tell("Writes afterwards", after);
}

const binaries = findPostgresBinaries();
if (binaries === undefined) throw new Error("There is no PostgreSQL server on this machine to measure with.");
console.log(
  `${availableParallelism()} cores, Node ${process.version}; the load is made on the same machine.`,
);
const cluster = await startCluster(binaries, {});
const server = await launchProcess({ DATABASE_URL: cluster.url, LOG_LEVEL: "error" });
try {
  while ((await server.fetch("/readyz").catch(() => undefined))?.status !== 200) await pause(50);
  await measure(server);
} finally {
  await server.kill();
  await cluster.stop();
}
