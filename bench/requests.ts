import { randomUUID } from "node:crypto";
import { requestOf } from "./http-connection.js";
import { runIdOf } from "./seed/seed-plan.js";

/** Among which runs requests are spread: the first so many of a seed. */
export interface Spread {
  readonly seed: number;
  readonly runs: number;
}

/** Writes one request after the other, as it goes over the wire. */
type Writer = (url: URL, spread: Spread) => () => string;

/** A verification that ended, of a run picked at random, as REST and as GraphQL spell it. */
function verification(startedAt: string) {
  const rest = {
    ...{ name: "verify", result: "pass", started_at: startedAt, completed_at: startedAt },
    ...{ tests_passing: 12, tests_failing: 0 },
  };
  const graphql = {
    ...{ name: "VERIFY", result: "PASS", startedAt, completedAt: startedAt },
    ...{ testsPassing: 12, testsFailing: 0 },
  };
  return { rest, graphql };
}

const anyRunOf = ({ seed, runs }: Spread) => runIdOf(seed, Math.floor(Math.random() * runs));
const now = () => new Date().toISOString();

const recordPhase = `mutation ($input: RecordPhaseInput!) {
  recordPhase(input: $input) { outcome phase { eventId sequence name startedAt completedAt durationSeconds result } }
}`;
const recordEvents = "mutation ($events: [EventInput!]!) { recordEvents(events: $events) { outcome } }";

/** Events of one request of `events`. */
export const eventsPerRequest = 100;

const phaseInput = (spread: Spread) => ({
  executionId: anyRunOf(spread),
  eventId: randomUUID(),
  ...verification(now()).graphql,
});

/** A page of runs with all that belongs to them. */
export const pageQuery = `query ($first: Int!, $after: String) {
  executions(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { cursor node {
      id wsId wpId executor status startedAt completedAt durationSeconds reworkCycles testMetrics { written passing failing }
      phases { eventId sequence name startedAt completedAt durationSeconds result testsPassing testsFailing }
      bugFixes { id description rootCause testName fixSummary filesModified autonomous createdAt }
      cost { totalUsd source loggedUsd reportedUsd callCount unpricedCallCount }
    } }
  }
}`;

/** What a load can be made of. */
export const writers = {
  "phases-rest": (url, spread) => () => {
    const phase = { event_id: randomUUID(), ...verification(now()).rest };
    return requestOf(url, "/api/v1/metrics/ws-execution", { id: anyRunOf(spread), phase });
  },
  "phases-graphql": (url, spread) => () =>
    requestOf(url, "/graphql", { query: recordPhase, variables: { input: phaseInput(spread) } }),
  events: (url, spread) => () => {
    const events = Array.from({ length: eventsPerRequest }, () => ({ recordPhase: phaseInput(spread) }));
    return requestOf(url, "/graphql", { query: recordEvents, variables: { events } });
  },
  reports: (url) => () => requestOf(url, "/api/v1/metrics/scoreboard?window=30d"),
  pages: (url) => () => requestOf(url, "/graphql", { query: pageQuery, variables: { first: 50 } }),
} satisfies Readonly<Record<string, Writer>>;

/** One of these kinds of load, by its name. */
export type RequestKind = keyof typeof writers;
