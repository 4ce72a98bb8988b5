import fc from "fast-check";
import { expect, test } from "vitest";
import { costSummary, execution } from "../client/documents.js";
import type { CostRowFieldsFragment } from "../client/gql/graphql.js";
import { localDate } from "../support/local-time.js";
import { always, perhaps } from "../support/property.js";
import { startTestServer } from "../support/server.js";
import { type Micros, microsOf, microsOrNull, sumOf } from "../support/usd.js";
import { breakdown, callsOf, costOf, costOfPhase, loggedCostOf, type Row, spendingIn } from "./cost.model.js";
import { factsAround, instantsAround } from "./facts.arbitrary.js";
import type { Facts, RunFact } from "./facts.js";
import { tell } from "./tell.js";
import { oddities } from "./zones.js";

const server = await startTestServer();

interface Question {
  readonly from: number | null;
  readonly to: number | null;
  readonly zone: string;
}

const byKey = (rows: readonly Row[]): readonly Row[] =>
  [...rows].sort((a, b) => String(a.key).localeCompare(String(b.key)));

function expectedSummary(facts: Facts, { from, to, zone }: Question) {
  const spending = spendingIn(facts, from, to ?? Number.POSITIVE_INFINITY);
  const calls = spending.filter(({ isCall }) => isCall);
  const dateOf = ({ startedAt }: (typeof spending)[number]) => localDate(zone, startedAt);
  const datesWithSpend = new Set(spending.filter(({ cost }) => cost !== null).map(dateOf));
  const onDatesWithSpend = spending.filter((item) => datesWithSpend.has(dateOf(item)));
  return {
    total: sumOf(spending.map(({ cost }) => cost)),
    unattributed: sumOf(calls.filter(({ run }) => run === null).map(({ cost }) => cost)),
    unpricedCallCount: calls.filter(({ cost }) => cost === null).length,
    byDocumentType: byKey(breakdown(spending, ({ documentType }) => documentType)),
    byWs: byKey(breakdown(spending, ({ run }) => run?.wsId ?? null)),
    byDate: byKey(breakdown(onDatesWithSpend, dateOf)),
    byModel: byKey(breakdown(spending, ({ model }) => model)),
    byPhase: byKey(breakdown(spending, ({ phase }) => phase)),
  };
}

const rowsOf = (rows: readonly CostRowFieldsFragment[]): readonly Row[] =>
  rows.map(({ key, costUsd, callCount, executionCount }) => ({
    key: key ?? null,
    cost: microsOf(costUsd),
    calls: callCount,
    executions: executionCount,
  }));

const isSorted = (values: readonly (Micros | string | null)[]) =>
  values.every((value, index) => index === 0 || (values[index - 1] ?? "") <= (value ?? ""));

async function answeredSummary({ from, to, zone }: Question) {
  const { body } = await server.graphql(costSummary, {
    from: from === null ? null : new Date(from).toISOString(),
    to: to === null ? null : new Date(to).toISOString(),
    timeZone: zone,
  });
  expect(body.errors).toBeUndefined();
  const { byDocumentType, byWs, byDate, byModel, byPhase, ...totals } = body.data.costSummary;
  const breakdowns = { byDocumentType, byWs, byDate, byModel, byPhase };
  for (const rows of [byDocumentType, byWs, byModel, byPhase].map(rowsOf)) {
    expect(isSorted(rows.map(({ cost }) => -cost))).toBe(true);
  }
  expect(isSorted(byDate.map(({ key }) => key ?? null))).toBe(true);
  for (const rows of Object.values(breakdowns).map(rowsOf)) {
    expect(sumOf(rows.map(({ cost }) => cost))).toBe(microsOf(totals.totalUsd));
  }
  return {
    total: microsOf(totals.totalUsd),
    unattributed: microsOf(totals.unattributedUsd),
    unpricedCallCount: totals.unpricedCallCount,
    byDocumentType: byKey(rowsOf(byDocumentType)),
    byWs: byKey(rowsOf(byWs)),
    byDate: byKey(rowsOf(byDate)),
    byModel: byKey(rowsOf(byModel)),
    byPhase: byKey(rowsOf(byPhase)),
  };
}

function expectedCost(run: RunFact, { calls }: Facts) {
  const [total, logged, reported] = [costOf(run, calls), loggedCostOf(run, calls), run.reportedCost];
  const phases = run.phases.map((phase) => [phase.eventId, costOfPhase(phase, run, calls)] as const);
  const own = callsOf(run, calls);
  return {
    total,
    source: logged !== null ? "LLM_LOG" : reported !== null ? "EXECUTOR_REPORTED" : "NONE",
    logged,
    reported,
    difference: logged === null || reported === null ? null : logged - reported,
    callCount: own.length,
    unpricedCallCount: own.filter(({ cost }) => cost === null).length,
    unattributed: total === null ? null : total - sumOf(phases.map(([, cost]) => cost)),
    phases: Object.fromEntries(phases),
  };
}

async function answeredCost(id: string) {
  const { body } = await server.graphql(execution, { id });
  if (!body.data.execution) throw new Error(`no execution ${id}: ${JSON.stringify(body.errors)}`);
  const { cost, phases } = body.data.execution;
  return {
    total: microsOrNull(cost.totalUsd),
    source: cost.source,
    logged: microsOrNull(cost.loggedUsd),
    reported: microsOrNull(cost.reportedUsd),
    difference: microsOrNull(cost.differenceUsd),
    callCount: cost.callCount,
    unpricedCallCount: cost.unpricedCallCount,
    unattributed: microsOrNull(cost.unattributedToPhaseUsd),
    phases: Object.fromEntries(phases.map(({ eventId, costUsd }) => [eventId, microsOrNull(costUsd)])),
  };
}

const scene = fc.constantFrom(...oddities).chain(({ zone, pivot }) => {
  const instant = instantsAround(Date.parse(pivot));
  const question: fc.Arbitrary<Question> = fc
    .record({ from: perhaps(instant), to: perhaps(instant), zone: fc.constant(zone) })
    .filter(({ from, to }) => from === null || to === null || from < to);
  return fc.record({
    facts: factsAround(Date.parse(pivot)),
    questions: fc.array(question, { minLength: 2, maxLength: 6 }),
  });
});

test("the cost summary says what was spent, and every breakdown adds up to it", async () => {
  await always(scene, { runs: 10, seconds: 4 }, async ({ facts, questions }) => {
    await tell(server, facts);
    server.clock.set("2026-02-23T12:00:00.000Z");

    for (const question of questions) {
      expect(await answeredSummary(question)).toEqual(expectedSummary(facts, question));
    }
  });
});

test("the cost of a run has one authority, and its phases and the rest add up to it", async () => {
  await always(
    fc.constantFrom(...oddities).chain(({ pivot }) => factsAround(Date.parse(pivot))),
    { runs: 10, seconds: 4 },
    async (facts) => {
      await tell(server, facts);

      for (const run of facts.runs) {
        expect(await answeredCost(run.id)).toEqual(expectedCost(run, facts));
      }
    },
  );
});
