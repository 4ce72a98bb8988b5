import { alternately, figuresOf, ratioOf } from "../alternate.js";
import type { BenchCase } from "../bench-case.js";
import type { RequestKind } from "../requests.js";
import { Recording } from "./recording.js";

const loads: readonly { readonly name: string; readonly what: RequestKind; readonly clients: number }[] = [
  { name: "phases, REST", what: "phases-rest", clients: 32 },
  { name: "phases, GraphQL", what: "phases-graphql", clients: 32 },
  { name: "events, GraphQL", what: "events", clients: 8 },
];

/** Two server processes on one database against one. */
export const twoProcesses: BenchCase = {
  name: "two-processes",
  summary: "phases and batches through two server processes on one database, against one",
  async measure(bench, tell) {
    const recording = await Recording.on(bench);
    const { url } = recording;
    await bench.withServer(url, (first) =>
      bench.withServer(url, async (second) => {
        for (const { name, what, clients } of loads) {
          await Promise.all([first, second].map((server) => recording.warm(server, what, clients)));
          const { two, one } = await alternately(recording.rounds, {
            two: () => recording.recorded([first, second], what, clients),
            one: () => recording.recorded([first], what, clients),
          });
          const { perSecond, p50Ms, p99Ms } = figuresOf(two);
          tell({
            what: `two-processes, ${name}`,
            ours: { amount: perSecond, unit: "/s" },
            other: { name: "one process", amount: figuresOf(one).perSecond, unit: "/s" },
            ratio: ratioOf(two, one),
            reach: { by: "ratio", atLeast: 1.5 },
            ...{ p50Ms, p99Ms },
          });
        }
      }),
    );
  },
};
