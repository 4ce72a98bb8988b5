import { setInterval } from "node:timers";
import type { ServerProcess } from "../../test/support/process.js";
import type { BenchCase } from "../bench-case.js";
import { makeLoad } from "../load.js";
import type { RequestKind } from "../requests.js";
import { residentMegabytes } from "../resident-memory.js";
import { type Point, slope, sum } from "../statistics.js";

const size = { executions: 100_000, callsDays: 0 };
/** So much of everything that a server does, per second, with time to spare. */
const mix: readonly (readonly [what: RequestKind, perSecond: number])[] = [
  ["phases-rest", 40],
  ["phases-graphql", 40],
  ["events", 1],
  ["reports", 5],
  ["pages", 5],
];
/** A server takes what it needs at first; growth is measured after this share of the time. */
const settledAfter = 0.3;
/** What the trend may be without being one: what a collection more or less makes of it. */
const noTrend = 1;

/** Memory under everything that a server does. */
export const memory: BenchCase = {
  name: "memory",
  summary: "resident memory over ten minutes of mixed load (quick: half a minute)",
  async measure(bench, tell) {
    const url = await bench.database(size);
    const durationMs = bench.choose({ quick: 30_000, full: 600_000 });
    const { series, peak, answered } = await bench.withServer(url, async (server) => {
      const seriesSoFar = watch(server);
      const loads = await Promise.all(
        mix.map(([what, perSecond]) =>
          makeLoad({
            ...{ url: server.url, what, seed: bench.seed, runs: size.executions },
            ...{ perSecond, connections: 8, durationMs },
          }),
        ),
      );
      return {
        series: seriesSoFar(),
        peak: (await residentMegabytes(server)).atMost,
        answered: sum(loads.map(({ accepted }) => accepted.length)),
      };
    });
    tell({
      what: `memory, peak over ${answered.toLocaleString("en")} answers`,
      ours: { amount: peak, unit: "MB" },
      reach: { by: "ours", atMost: 300 },
    });
    const settled = series.slice(Math.ceil(series.length * settledAfter));
    tell({
      what: "memory, trend by least squares",
      ours: { amount: slope(settled), unit: "MB/min" },
      ...(!bench.scale.quick && { reach: { by: "ours", atMost: noTrend } }), // half a minute shows no trend
    });
  },
};

/** Notes the memory of a server every second, by the minute, until it is asked for what it noted. */
function watch(server: ServerProcess): () => readonly Point[] {
  const begunAtMs = performance.now();
  const series: Point[] = [];
  const watching = setInterval(async () => {
    const { now } = await residentMegabytes(server);
    series.push({ x: (performance.now() - begunAtMs) / 60_000, y: now });
  }, 1_000);
  return () => {
    clearInterval(watching);
    return series;
  };
}
