import { alternately, figuresOf, ratioOf } from "../alternate.js";
import type { BenchCase } from "../bench-case.js";
import { eventsPerRequest } from "../requests.js";
import { Recording } from "./recording.js";

const clients = 8;
const pgbenchClients = 32;

/** Many events per request, against the database's own work one by one. */
export const recordEvents: BenchCase = {
  name: "record-events",
  summary: `${eventsPerRequest} phases per request, ${clients} clients, against pgbench with ${pgbenchClients}`,
  async measure(bench, tell) {
    const recording = await Recording.on(bench);
    const { batches, pgbench } = await bench.withServer(recording.url, async (server) => {
      await recording.warm(server, "events", clients);
      return alternately(recording.rounds, {
        batches: () => recording.recorded([server], "events", clients),
        pgbench: () => recording.oneStatement(pgbenchClients),
      });
    });
    const { perSecond, p50Ms, p99Ms } = figuresOf(batches);
    tell({
      what: "record-events, GraphQL, events",
      ours: { amount: perSecond, unit: "/s" },
      other: { name: "pgbench", amount: figuresOf(pgbench).perSecond, unit: "/s" },
      ratio: ratioOf(batches, pgbench),
      reach: { by: "ratio", atLeast: 2 },
      ...{ p50Ms, p99Ms },
    });
  },
};
