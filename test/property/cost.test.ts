import fc from "fast-check";
import { expect, test } from "vitest";
import { costBreakdowns, costSummary, execution } from "../client/documents.js";
import type { CostRowFieldsFragment } from "../client/gql/graphql.js";
import { localDate } from "../support/local-time.js";
import { always, perhaps } from "../support/property.js";
import { type Micros, microsOf, microsOrNull, sumOf } from "../support/usd.js";
import {
  authorityOf,
  breakdown,
  callsOf,
  costOf,
  costOfPhase,
  estimateOf,
  loggedCostOf,
  type Row,
  settled,
  spendingIn,
} from "./cost.model.js";
import { factsAround, instantsAround } from "./facts.arbitrary.js";
import type { Facts, RunFact } from "./facts.js";
import { startToldServer } from "./tell.js";
import { oddities } from "./zones.js";

const server = await startToldServer();

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
  const unpriced = calls.filter(({ cost }) => cost === null);
  const dateOf = ({ startedAt }: (typeof spending)[number]) => localDate(zone, startedAt);
  const datesWithSpend = new Set(spending.filter(({ cost }) => cost !== null).map(dateOf));
  const onDatesWithSpend = spending.filter((item) => datesWithSpend.has(dateOf(item)));
  return {
    total: sumOf(spending.map(({ cost }) => cost)),
    unattributed: sumOf(calls.filter(({ run }) => run === null).map(({ cost }) => cost)),
    unpricedCallCount: unpriced.length,
    unpricedModels: [...new Set(unpriced.map(({ model }) => model))].sort(),
    byDocumentType: byKey(breakdown(spending, ({ documentType }) => documentType)),
    byWs: byKey(breakdown(spending, ({ run }) => run?.wsId ?? null)),
    byDate: byKey(breakdown(onDatesWithSpend, dateOf)),
    byModel: byKey(breakdown(spending, ({ model }) => model)),
    byPhase: byKey(breakdown(spending, ({ phase }) => phase)),
    bySource: byKey(breakdown(spending, ({ source }) => source)),
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
  const { byDocumentType, byWs, byDate, byModel, byPhase, bySource, ...totals } = body.data.costSummary;
  const breakdowns = { byDocumentType, byWs, byDate, byModel, byPhase, bySource };
  for (const rows of [byDocumentType, byWs, byModel, byPhase, bySource].map(rowsOf)) {
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
    unpricedModels: totals.unpricedModels,
    byDocumentType: byKey(rowsOf(byDocumentType)),
    byWs: byKey(rowsOf(byWs)),
    byDate: byKey(rowsOf(byDate)),
    byModel: byKey(rowsOf(byModel)),
    byPhase: byKey(rowsOf(byPhase)),
    bySource: byKey(rowsOf(bySource)),
  };
}

function expectedCost(run: RunFact, { calls }: Facts) {
  const [total, logged, reported] = [costOf(run, calls), loggedCostOf(run, calls), run.reportedCost];
  const phases = run.phases.map((phase) => [phase.eventId, costOfPhase(phase, run, calls)] as const);
  const own = callsOf(run, calls);
  const priced = own.filter(({ cost }) => cost !== null);
  return {
    total,
    source: authorityOf(run, calls),
    logged,
    reported,
    estimated: estimateOf(run),
    difference: logged === null || reported === null ? null : logged - reported,
    callCount: own.length,
    unpricedCallCount: own.length - priced.length,
    coverage: own.length === 0 ? null : expect.closeTo(priced.length / own.length, 9),
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
    estimated: microsOrNull(cost.estimatedUsd),
    difference: microsOrNull(cost.differenceUsd),
    callCount: cost.callCount,
    unpricedCallCount: cost.unpricedCallCount,
    coverage: cost.coverage,
    unattributed: microsOrNull(cost.unattributedToPhaseUsd),
    phases: Object.fromEntries(phases.map(({ eventId, costUsd }) => [eventId, microsOrNull(costUsd)])),
  };
}

/** Whatever the run, its spending is that of all time. */
function expectedBreakdowns(run: RunFact, facts: Facts) {
  const spending = spendingIn(facts, null, Number.POSITIVE_INFINITY).filter((one) => one.run?.id === run.id);
  expect(sumOf(spending.map(({ cost }) => cost))).toBe(costOf(run, facts.calls) ?? 0n);
  return {
    byDocumentType: byKey(breakdown(spending, ({ documentType }) => documentType)),
    byModel: byKey(breakdown(spending, ({ model }) => model)),
    byPhase: byKey(breakdown(spending, ({ phase }) => phase)),
    bySource: byKey(breakdown(spending, ({ source }) => source)),
  };
}

async function answeredBreakdowns(id: string) {
  const { body } = await server.graphql(costBreakdowns, { id });
  const cost = body.data.execution?.cost;
  if (!cost) throw new Error(`no execution ${id}: ${JSON.stringify(body.errors)}`);
  const { byDocumentType, byModel, byPhase, bySource } = cost;
  return {
    byDocumentType: byKey(rowsOf(byDocumentType)),
    byModel: byKey(rowsOf(byModel)),
    byPhase: byKey(rowsOf(byPhase)),
    bySource: byKey(rowsOf(bySource)),
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
  await always(scene, { runs: 10, seconds: 4 }, async ({ facts: told, questions }) => {
    const facts = settled(told);
    await server.tell(told);
    server.clock.set("2026-02-23T12:00:00.000Z");

    for (const question of questions) {
      expect(await answeredSummary(question)).toEqual(expectedSummary(facts, question));
    }
  });
});

test("the cost of a run has one authority, and its phases and the rest, as each of its breakdowns, add up to it", async () => {
  await always(
    fc.constantFrom(...oddities).chain(({ pivot }) => factsAround(Date.parse(pivot))),
    { runs: 10, seconds: 4 },
    async (told) => {
      const facts = settled(told);
      await server.tell(told);

      for (const run of facts.runs) {
        expect(await answeredCost(run.id)).toEqual(expectedCost(run, facts));
        expect(await answeredBreakdowns(run.id)).toEqual(expectedBreakdowns(run, facts));
      }
    },
  );
});
