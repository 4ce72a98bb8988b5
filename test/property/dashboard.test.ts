import fc from "fast-check";
import { expect, test } from "vitest";
import { type Interval, intervals } from "../../src/vocabulary.js";
import { dashboard } from "../client/documents.js";
import type { Interval as IntervalWord } from "../client/gql/graphql.js";
import { bucketsOf } from "../support/local-time.js";
import { always } from "../support/property.js";
import { microsOf, microsOrNull, sumOf } from "../support/usd.js";
import { costOf, costPerCompleted, settled } from "./cost.model.js";
import { factsAround, instantsAround } from "./facts.arbitrary.js";
import { averageOf, type Facts, reworkOf, secondsOf, testsWrittenOf } from "./facts.js";
import { startToldServer } from "./tell.js";
import { oddities } from "./zones.js";

const server = await startToldServer();

interface Question {
  readonly from: number;
  readonly to: number;
  readonly interval: Interval;
  readonly zone: string;
}

const approximately = (value: number | null) => (value === null ? null : expect.closeTo(value, 6));

function figuresOf({ runs, calls }: Facts, from: number, to: number) {
  const inside = runs.filter(({ startedAt }) => startedAt >= from && startedAt < to);
  const completed = inside.filter(({ status }) => status === "COMPLETED");
  return {
    inside,
    completed,
    cost: sumOf(inside.map((run) => costOf(run, calls))),
    costPerCompleted: costPerCompleted(inside, calls),
  };
}

function expectedDashboard(facts: Facts, { from, to, interval, zone }: Question) {
  const { inside, completed, cost, costPerCompleted: share } = figuresOf(facts, from, to);
  const bugFixes = facts.runs.flatMap((run) => run.bugFixes);
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    completedCount: completed.length,
    averageDurationSeconds: approximately(averageOf(completed.map(secondsOf))),
    testsWritten: inside.reduce((sum, run) => sum + testsWrittenOf(run), 0),
    autonomousBugFixCount: bugFixes.filter(
      ({ autonomous, createdAt }) => autonomous && createdAt >= from && createdAt < to,
    ).length,
    llmCost: cost,
    averageReworkCycles: approximately(averageOf(completed.map(reworkOf))),
    costPerWs: share,
    trend: bucketsOf(zone, interval, from, to).map(({ start, end }) => {
      const figures = figuresOf(facts, start, end);
      return {
        start: new Date(start).toISOString(),
        end: new Date(end).toISOString(),
        completedCount: figures.completed.length,
        llmCost: figures.cost,
        costPerWs: figures.costPerCompleted,
      };
    }),
  };
}

async function answeredDashboard({ from, to, interval, zone }: Question) {
  const { body } = await server.graphql(dashboard, {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    interval: interval.toUpperCase() as IntervalWord,
    timeZone: zone,
  });
  expect(body.errors).toBeUndefined();
  const { asOf, llmCostUsd, costPerWsUsd, trend, ...figures } = body.data.dashboard;
  return {
    ...figures,
    llmCost: microsOf(llmCostUsd),
    costPerWs: microsOrNull(costPerWsUsd),
    trend: trend.map((point) => ({
      start: point.start,
      end: point.end,
      completedCount: point.completedCount,
      llmCost: microsOf(point.llmCostUsd),
      costPerWs: microsOrNull(point.costPerWsUsd),
    })),
  };
}

const scene = fc.constantFrom(...oddities).chain(({ zone, pivot }) => {
  const around = Date.parse(pivot);
  const range = fc
    .tuple(instantsAround(around), instantsAround(around))
    .filter(([one, other]) => one !== other);
  const question: fc.Arbitrary<Question> = fc
    .record({ range, interval: fc.constantFrom(...intervals) })
    .map(({ range: [one, other], interval }) => ({
      ...{ from: Math.min(one, other), to: Math.max(one, other), interval, zone },
    }));
  return fc.record({
    facts: factsAround(around),
    questions: fc.array(question, { minLength: 4, maxLength: 8 }),
  });
});

test("the dashboard says what the runs of the period say, in any time zone, and its trend adds up to it", async () => {
  await always(scene, { runs: 14, seconds: 5 }, async ({ facts: told, questions }) => {
    const facts = settled(told);
    await server.tell(told);

    for (const question of questions) {
      const answer = await answeredDashboard(question);

      expect(answer).toEqual(expectedDashboard(facts, question));
      expect(answer.trend.at(0)?.start).toBe(answer.from);
      expect(answer.trend.at(-1)?.end).toBe(answer.to);
      expect(answer.trend.slice(1).map(({ start }) => start)).toEqual(
        answer.trend.slice(0, -1).map(({ end }) => end),
      );
      expect(sumOf(answer.trend.map(({ llmCost }) => llmCost))).toBe(answer.llmCost);
      expect(answer.trend.reduce((sum, { completedCount }) => sum + completedCount, 0)).toBe(
        answer.completedCount,
      );
    }
  });
});
