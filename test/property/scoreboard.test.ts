import fc from "fast-check";
import { expect, test } from "vitest";
import { statuses } from "../../src/vocabulary.js";
import { scoreboard } from "../client/documents.js";
import type { Window as WindowWord } from "../client/gql/graphql.js";
import { day, noon } from "../support/clock.js";
import { always } from "../support/property.js";
import { microsOf, microsOrNull, sumOf } from "../support/usd.js";
import { costOf, costPerCompleted, settled } from "./cost.model.js";
import { factsAround, instantsAround } from "./facts.arbitrary.js";
import { averageOf, type Facts, percentileOf, rateOf, reworkOf, secondsOf } from "./facts.js";
import { startToldServer } from "./tell.js";

const server = await startToldServer();

const windowDays: Readonly<Record<WindowWord, number>> = {
  LAST_24H: 1,
  LAST_7D: 7,
  LAST_30D: 30,
  LAST_90D: 90,
  ALL: Number.POSITIVE_INFINITY,
};
const windowWords = Object.keys(windowDays) as WindowWord[];

const approximately = (value: number | null) => (value === null ? null : expect.closeTo(value, 6));

function expectedScoreboard({ runs, calls }: Facts, window: WindowWord, now: number) {
  const from = now - windowDays[window] * day;
  const isInside = (instant: number) => instant >= from && instant < now;
  const inside = runs.filter(({ startedAt }) => isInside(startedAt));
  const completed = inside.filter(({ status }) => status === "COMPLETED");
  const settled = inside.filter(({ completedAt }) => completedAt !== null);
  const bugFixes = runs.flatMap((run) => run.bugFixes);
  return {
    window,
    from: window === "ALL" ? null : new Date(from).toISOString(),
    to: new Date(now).toISOString(),
    asOf: new Date(now).toISOString(),
    totalRuns: inside.length,
    completedRuns: completed.length,
    successRate: approximately(rateOf(completed.length, inside.length)),
    settledSuccessRate: approximately(rateOf(completed.length, settled.length)),
    averageDurationSeconds: approximately(averageOf(completed.map(secondsOf))),
    p95DurationSeconds: approximately(percentileOf(0.95, completed.map(secondsOf))),
    firstPassVerifyRate: approximately(
      rateOf(completed.filter((run) => reworkOf(run) === 0).length, completed.length),
    ),
    llmCost: sumOf(inside.map((run) => costOf(run, calls))),
    costPerCompletedWs: costPerCompleted(inside, calls),
    autonomousBugFixCount: bugFixes.filter(({ autonomous, createdAt }) => autonomous && isInside(createdAt))
      .length,
    runsByStatus: statuses.map((status) => ({
      status,
      count: inside.filter((run) => run.status === status).length,
    })),
  };
}

async function answeredScoreboard(window: WindowWord, now: number) {
  server.clock.set(new Date(now).toISOString());
  const { body } = await server.graphql(scoreboard, { window });
  expect(body.errors).toBeUndefined();
  const { llmCostUsd, costPerCompletedWsUsd, ...figures } = body.data.scoreboard;
  return {
    ...figures,
    llmCost: microsOf(llmCostUsd),
    costPerCompletedWs: microsOrNull(costPerCompletedWsUsd),
  };
}

const around = Date.parse(noon) - 60 * day;
const scene = fc.record({
  facts: factsAround(around),
  readings: fc.array(instantsAround(around), { minLength: 1, maxLength: 3 }),
});

test("the scoreboard says of every window what its runs say", async () => {
  await always(scene, { runs: 8, seconds: 4 }, async ({ facts: told, readings }) => {
    const facts = settled(told);
    await server.tell(told);

    for (const now of readings) {
      for (const window of windowWords) {
        expect(await answeredScoreboard(window, now)).toEqual(expectedScoreboard(facts, window, now));
      }
    }
  });
});
