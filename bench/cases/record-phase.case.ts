import { alternately, figuresOf, ratioOf, type Sample } from "../alternate.js";
import type { BenchCase } from "../bench-case.js";
import type { Finding } from "../finding.js";
import { Recording } from "./recording.js";

const clients = 32;

/** One phase per request, against the database's own work and against a server without a database. */
export const recordPhase: BenchCase = {
  name: "record-phase",
  summary: `one phase per request, ${clients} clients, against pgbench and against the same routes without a database`,
  async measure(bench, tell) {
    const recording = await Recording.on(bench);
    const rounds = await bench.withServer(recording.url, (server) =>
      bench.withoutDatabase(async (bare) => {
        for (const what of ["phases-rest", "phases-graphql"] as const)
          await Promise.all([server, bare].map((each) => recording.warm(each, what, clients)));
        return alternately(recording.rounds, {
          rest: () => recording.recorded([server], "phases-rest", clients),
          pgbench: () => recording.oneStatement(clients),
          graphql: () => recording.recorded([server], "phases-graphql", clients),
          bareRest: () => recording.requests([bare], "phases-rest", clients),
          bareGraphql: () => recording.requests([bare], "phases-graphql", clients),
        });
      }),
    );
    const { pgbench } = rounds;
    for (const finding of against("REST", rounds.rest, { pgbench, "without a database": rounds.bareRest }))
      tell(finding);
    for (const finding of against("GraphQL", rounds.graphql, {
      pgbench,
      "without a database": rounds.bareGraphql,
    }))
      tell(finding);
  },
};

/** What is to be reached is a share of the slower of the others. */
function against(
  surface: string,
  ours: readonly Sample[],
  others: Readonly<Record<string, readonly Sample[]>>,
): readonly Finding[] {
  const contests = Object.entries(others).map(([name, theirs]) => ({
    name,
    theirs: figuresOf(theirs).perSecond,
    ratio: ratioOf(ours, theirs),
  }));
  const slowest = Math.min(...contests.map(({ theirs }) => theirs));
  const { perSecond, p50Ms, p99Ms } = figuresOf(ours);
  return contests.map(({ name, theirs, ratio }) => ({
    what: `record-phase, ${surface}`,
    ours: { amount: perSecond, unit: "/s" },
    other: { name, amount: theirs, unit: "/s" },
    ratio,
    ...(theirs === slowest && { reach: { by: "ratio", atLeast: 0.7 } }),
    ...{ p50Ms, p99Ms },
  }));
}
