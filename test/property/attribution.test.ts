import fc from "fast-check";
import { expect, test } from "vitest";
import { day, noon } from "../support/clock.js";
import { always } from "../support/property.js";
import { authorityOf, callsOf, costOf, estimateOf, settled } from "./cost.model.js";
import { factsAround } from "./facts.arbitrary.js";
import type { Facts } from "./facts.js";
import { everything, startToldServer } from "./tell.js";

const server = await startToldServer();

/** Runs that share sessions, and their calls, with one of the orders in which they may be told of; some twice. */
const scene = factsAround(Date.parse(noon) - 60 * day).chain((facts) => {
  const all = everything(facts);
  return fc.record({
    facts: fc.constant(facts),
    order: fc
      .subarray([...all])
      .chain((again) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length })),
  });
});

function expectedRuns({ runs, calls }: Facts) {
  return runs.map((run) => {
    const own = callsOf(run, calls);
    return {
      ...{ id: run.id, startedAt: run.startedAt, completedAt: run.completedAt, status: run.status },
      ...{ calls: own.length, unpriced: own.filter(({ cost }) => cost === null).length },
      ...{ cost: costOf(run, calls), source: authorityOf(run, calls), estimate: estimateOf(run) },
    };
  });
}

async function storedRuns() {
  const rows = await server.sql<
    { started_at: Date; completed_at: Date | null; cost: string | null } & Record<string, unknown>
  >(
    `select id, status, started_at, completed_at, logged_call_count as calls, cost_source as source,
      logged_unpriced_call_count as unpriced, cost_usd * 1000000 as cost, estimated_cost_usd * 1000000 as estimate
    from ws_executions order by id`,
  );
  const micros = (amount: unknown) => (amount === null ? null : BigInt(Math.round(Number(amount))));
  return rows.map(({ started_at, completed_at, cost, estimate, ...row }) => ({
    ...row,
    startedAt: started_at.getTime(),
    completedAt: completed_at?.getTime() ?? null,
    cost: micros(cost),
    estimate: micros(estimate),
  }));
}

test("runs that share sessions find the same calls, and cost the same, in any order of starts, sessions, ends and calls", async () => {
  await always(scene, { runs: 10, seconds: 2 }, async ({ facts: { runs, calls }, order }) => {
    const facts = settled({ runs, calls: calls.filter(({ source }) => source !== "llm_log") });

    await server.tellInOrder(order);

    const attributed = await server.sql<{ key: string; run: string | null }>(
      "select source_key as key, ws_execution_id as run from llm_calls",
    );
    const known = new Set(runs.map(({ id }) => id));
    expect(new Map(attributed.map(({ key, run }) => [key, run]))).toEqual(
      new Map(
        facts.calls.map(({ key, executionId }) => [
          key,
          executionId !== null && known.has(executionId) ? executionId : null,
        ]),
      ),
    );
    expect(await storedRuns()).toEqual(expectedRuns(facts));
  });
});
