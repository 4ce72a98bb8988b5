import { expect, test } from "vitest";
import { completeExecution, startExecution, updateExecution } from "../client/documents.js";
import { given } from "../support/given.js";
import { onlyPricesOf } from "../support/prices.js";
import { startTestServer } from "../support/server.js";
import { at, bound, callAt, change, first, restarted, second } from "./scene.js";

/** Dollars per million tokens; twice as much since noon of yesterday. */
const rates = { input: 3, output: 15 };
const doubled = { input: 6, output: 30 };

const server = await startTestServer({
  env: await onlyPricesOf([
    {
      name: "house-large",
      prices: [
        { until: at(0), usdPerMillionTokens: rates },
        { from: at(0), usdPerMillionTokens: doubled },
      ],
    },
    {
      name: "house-small",
      prices: [
        {
          usdPerMillionTokens: { input: 1, output: 2 },
          tiers: [{ aboveInputTokens: 200_000, usdPerMillionTokens: { input: 10 } }],
        },
      ],
    },
    { name: "house-dear", prices: [{ usdPerMillionTokens: { input: 999_999, output: 999_999 } }] },
  ]),
});

const before = at(0, -1);
const tokens = { llm_tokens_in: 1000, llm_tokens_out: 200 };
/** 1000 input tokens at 3 dollars per million and 200 output tokens at 15. */
const estimate = 0.006;

async function shownCost(id: string) {
  const { body } = await server.get<{ cost: Record<string, unknown> }>(`/ws-executions/${id}`);
  const { source, total_usd, estimated_usd, reported_usd, logged_usd } = body.cost;
  return { source, total_usd, estimated_usd, reported_usd, logged_usd };
}

const costs = (total_usd: number | null, source: string) => ({
  ...{ source, total_usd, estimated_usd: null, reported_usd: null, logged_usd: null },
});
const priced = (usd: number) => ({ ...costs(usd, "PRICED"), estimated_usd: usd });

const run = (llm_model?: string) =>
  given(server).execution({ id: first, started_at: before, ...(llm_model && { llm_model }) });

test("a run that names its model and its tokens costs what they are priced at, whichever it names first", async () => {
  await run("house-large").inProgress(tokens);
  await given(server).execution({ id: second, started_at: before }).inProgress(tokens);
  const withoutModel = await shownCost(second);
  await change(server, second, { llm_model: "house-large" });

  expect(withoutModel).toEqual(costs(null, "NONE"));
  expect(await shownCost(first)).toEqual(priced(estimate));
  expect(await shownCost(second)).toEqual(priced(estimate));
});

test("a run is priced the same when its model, tokens and end come through GraphQL one by one", async () => {
  const usual = { wsId: "WS-1", executor: "human", startedAt: before };

  await server.graphql(startExecution, { input: { id: first, ...usual, llmModel: "house-large" } });
  await server.graphql(updateExecution, { input: { id: first, llmTokensIn: 1000 } });
  const { body } = await server.graphql(completeExecution, { input: { id: first, llmTokensOut: 200 } });

  expect(body.data.completeExecution.execution.cost).toMatchObject({
    ...{ source: "PRICED", totalUsd: estimate, estimatedUsd: estimate, callCount: 0, coverage: null },
  });
});

test("the price of a run moves with its tokens, its model and its start", async () => {
  await run("house-large").inProgress(tokens);

  await change(server, first, { llm_tokens_in: 2000 });
  const moreTokens = await shownCost(first);
  await change(server, first, { llm_model: "house-small" });
  const otherModel = await shownCost(first);
  await change(server, first, { llm_model: "house-large" });
  await restarted(server, first, at(0));

  expect(moreTokens).toEqual(priced(0.009));
  expect(otherModel).toEqual(priced(0.0024));
  expect(await shownCost(first)).toEqual(priced(0.018));
});

test("a run whose calls were small on average is priced as small calls, and anew when it says how many", async () => {
  await run("house-small").inProgress({ llm_tokens_in: 300_000, llm_calls: 1 });
  const large = await shownCost(first);

  await change(server, first, { llm_calls: 3 });

  expect(large).toEqual(priced(3));
  expect(await shownCost(first)).toEqual(priced(0.3));
});

test("a run without tokens has no price, neither before it names them nor after it took them back", async () => {
  await run("house-large").inProgress();
  const none = await shownCost(first);
  await change(server, first, tokens);
  await change(server, first, { llm_tokens_in: 0, llm_tokens_out: 0 });

  expect(none).toEqual(costs(null, "NONE"));
  expect(await shownCost(first)).toEqual(costs(null, "NONE"));
});

test("a run whose model has no known price costs nothing that is known", async () => {
  await run("house-large").inProgress(tokens);

  await change(server, first, { llm_model: "house-huge" });

  expect(await shownCost(first)).toEqual(costs(null, "NONE"));
});

test("a run whose tokens would cost more than an amount can be costs nothing that is known", async () => {
  const most = 2_147_483_647;

  await run("house-dear").inProgress({ llm_tokens_in: 1_000_000 });
  const dear = await shownCost(first);
  await change(server, first, { llm_tokens_in: most, llm_tokens_out: most });
  await given(server).calls({ ...callAt(at(1)), model: "house-dear", costUsd: null, inputTokens: most });

  expect(dear).toEqual(priced(999_999));
  expect(await shownCost(first)).toEqual(costs(null, "NONE"));
  expect(await server.sql("select cost_usd from llm_calls")).toEqual([{ cost_usd: null }]);
});

test("what the executor reports counts instead of the price, and the price stays visible", async () => {
  await run("house-large").inProgress(tokens);

  await change(server, first, { llm_cost_usd: 0 });
  const free = await shownCost(first);
  await change(server, first, { llm_cost_usd: 0.5 });

  expect(free).toEqual({ ...costs(0, "EXECUTOR_REPORTED"), reported_usd: 0, estimated_usd: estimate });
  expect(await shownCost(first)).toEqual({
    ...{ ...costs(0.5, "EXECUTOR_REPORTED"), reported_usd: 0.5, estimated_usd: estimate },
  });
});

test("calls count instead of the price as soon as one of them has a cost, and no longer when it moves away", async () => {
  await bound(server, first, before).inProgress({ ...tokens });
  await change(server, first, { llm_model: "house-large" });
  const unpriced = { ...callAt(at(1)), model: "house-huge", costUsd: null };

  await given(server).calls(unpriced);
  const stillPriced = await shownCost(first);
  await given(server).calls({ ...callAt(at(2)), costUsd: 0.25 });
  const logged = await shownCost(first);
  await bound(server, second, at(2)).inProgress();

  expect(stillPriced).toEqual(priced(estimate));
  expect(logged).toEqual({ ...costs(0.25, "LLM_LOG"), logged_usd: 0.25, estimated_usd: estimate });
  expect(await shownCost(first)).toEqual(priced(estimate));
  expect(await shownCost(second)).toEqual({ ...costs(0.25, "LLM_LOG"), logged_usd: 0.25 });
});

test("reports sum the price of a run like any other cost, by its start and its model", async () => {
  await run("house-large").completed(tokens);
  const range = "from=2026-02-21T00:00:00Z&time_zone=UTC";
  const row = { cost_usd: estimate, call_count: 0, execution_count: 1 };

  const summary = await server.get(`/cost-summary?${range}`);
  const dashboard = await server.get(`/dashboard?${range}`);
  const scoreboard = await server.get("/scoreboard");

  expect(summary.body).toMatchObject({
    ...{ total_llm_cost_usd: estimate, unattributed_usd: 0, unpriced_call_count: 0, unpriced_models: [] },
    by_document_type: [{ ...row, key: null }],
    by_ws: [{ ...row, key: "WS-1" }],
    by_date: [{ ...row, key: "2026-02-22" }],
    by_model: [{ ...row, key: "house-large" }],
    by_phase: [{ ...row, key: null }],
    by_source: [{ ...row, key: "priced" }],
  });
  expect(dashboard.body).toMatchObject({ total_llm_cost_usd: estimate, cost_per_ws: estimate });
  expect(scoreboard.body).toMatchObject({ total_llm_cost_usd: estimate, cost_per_completed_ws: estimate });
});

test("calls are priced by their tokens unless they report a cost, and unknown models are named once, in order", async () => {
  const call = (sourceKey: string, model: string, more: object) => ({
    ...{ ...callAt(before, sourceKey), model, costUsd: null, inputTokens: 1000, outputTokens: 200, ...more },
  });

  await given(server).calls(
    call("priced", "house-large", {}),
    call("priced later", "house-large", { startedAt: at(0) }),
    call("reported", "house-large", { costUsd: 1 }),
    call("reported as free", "house-huge", { costUsd: 0 }),
    call("unknown", "house-huge", {}),
    call("unknown, too", "house-huge", {}),
    call("unknown, first in order", "a-model", {}),
    { ...callAt(before, "without tokens"), model: "house-large", costUsd: null },
  );

  expect(await server.sql("select source_key, cost_usd::text from llm_calls order by source_key")).toEqual([
    { source_key: "priced", cost_usd: "0.006000" },
    { source_key: "priced later", cost_usd: "0.012000" },
    { source_key: "reported", cost_usd: "1.000000" },
    { source_key: "reported as free", cost_usd: "0.000000" },
    { source_key: "unknown", cost_usd: null },
    { source_key: "unknown, first in order", cost_usd: null },
    { source_key: "unknown, too", cost_usd: null },
    { source_key: "without tokens", cost_usd: null },
  ]);
  const { body } = await server.get("/cost-summary");
  expect(body).toMatchObject({
    ...{ total_llm_cost_usd: 1.018, unattributed_usd: 1.018, unpriced_call_count: 4 },
    unpriced_models: ["a-model", "house-huge", "house-large"],
  });
});
