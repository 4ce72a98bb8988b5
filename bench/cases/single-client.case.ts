import { alternately, figuresOf } from "../alternate.js";
import type { BenchCase } from "../bench-case.js";
import { Recording } from "./recording.js";

/** How long one client waits for one event, against the database's own work with one client. */
export const singleClient: BenchCase = {
  name: "single-client",
  summary: "latency of one client, one phase at a time, against pgbench with one client",
  async measure(bench, tell) {
    const recording = await Recording.on(bench);
    const rounds = await bench.withServer(recording.url, async (server) => {
      for (const what of ["phases-rest", "phases-graphql"] as const) await recording.warm(server, what, 1);
      return alternately(recording.rounds, {
        REST: () => recording.recorded([server], "phases-rest", 1),
        pgbench: () => recording.oneStatement(1),
        GraphQL: () => recording.recorded([server], "phases-graphql", 1),
      });
    });
    const theirs = figuresOf(rounds.pgbench).p50Ms;
    for (const surface of ["REST", "GraphQL"] as const) {
      const { p50Ms, p99Ms } = figuresOf(rounds[surface]);
      tell({
        what: `single-client, ${surface}, p50`,
        ours: { amount: p50Ms, unit: "ms" },
        other: { name: "pgbench", amount: theirs, unit: "ms" },
        ratio: p50Ms / theirs,
        reach: { by: "ratio", atMost: 2.5 },
        ...{ p50Ms, p99Ms },
      });
    }
  },
};
