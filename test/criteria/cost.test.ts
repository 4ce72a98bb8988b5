import { expect, test } from "vitest";
import { after, hour, noon } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";

const server = await startTestServer();

test("criterion 5: the cost totals are consistent with the stored execution data", async () => {
  await given(server).execution({ ws_id: "WS-1" }).completed({ llm_cost_usd: 0.1 });
  await given(server).execution({ ws_id: "WS-2" }).completed({ llm_cost_usd: 0.2 });
  await given(server).execution({ ws_id: "WS-3" }).failed({ llm_cost_usd: 0.000001 });
  await given(server).execution({ ws_id: "WS-4" }).inProgress();

  const dashboard = await server.get("/dashboard");
  const scoreboard = await server.get("/scoreboard");
  const summary = await server.get("/cost-summary");

  const [stored] = await server.sql("select sum(llm_cost_usd)::text as total from ws_executions");
  expect(stored).toEqual({ total: "0.300001" });
  expect(dashboard.body).toMatchObject({ total_llm_cost_usd: 0.300001, total_ws_completed: 2 });
  expect(scoreboard.body).toMatchObject({ total_llm_cost_usd: 0.300001 });
  expect(summary.body).toMatchObject({
    total_llm_cost_usd: 0.300001,
    unattributed_usd: 0,
    unpriced_call_count: 0,
    by_ws: expect.arrayContaining([
      { key: "WS-1", cost_usd: 0.1, call_count: 0, execution_count: 1 },
      { key: "WS-2", cost_usd: 0.2, call_count: 0, execution_count: 1 },
      { key: "WS-3", cost_usd: 0.000001, call_count: 0, execution_count: 1 },
    ]),
  });
});

test("criterion 15: LLM calls are linked to the execution through ws_execution_id", async () => {
  const run = await given(server).execution({ ws_id: "WS-1" }).completed({ llm_cost_usd: 9 });
  const late = "c56a4180-65aa-42ec-a945-5fd21dec0538";
  const call = { model: "a-model", startedAt: after(noon, -hour) };
  const calls = [
    { ...call, sourceKey: "call-1", executionId: run.id, costUsd: 0.1 },
    { ...call, sourceKey: "call-2", executionId: run.id, costUsd: 0.2 },
    { ...call, sourceKey: "call-3", executionId: late, costUsd: 0.4 },
    { ...call, sourceKey: "call-4", costUsd: 0.8 },
  ];

  const recorded = await server.graphql(
    "mutation ($input: [LlmCallInput!]!) { recordLlmCalls(input: $input) { outcome sourceKey error { code } } }",
    { input: calls },
  );
  await given(server).execution({ id: late, ws_id: "WS-2" }).inProgress();

  expect(recorded.body).toEqual({
    data: {
      recordLlmCalls: calls.map(({ sourceKey }) => ({ outcome: "RECORDED", sourceKey, error: null })),
    },
  });
  expect(await server.sql("select source_key, ws_execution_id from llm_calls order by source_key")).toEqual([
    { source_key: "call-1", ws_execution_id: run.id },
    { source_key: "call-2", ws_execution_id: run.id },
    { source_key: "call-3", ws_execution_id: late },
    { source_key: "call-4", ws_execution_id: null },
  ]);
  const { body } = await server.get(`/ws-executions/${run.id}`);
  expect(body).toMatchObject({
    llm_cost_usd: 9,
    cost: {
      total_usd: 0.3,
      source: "LLM_LOG",
      logged_usd: 0.3,
      reported_usd: 9,
      difference_usd: -8.7,
      call_count: 2,
    },
  });
  const summary = await server.get("/cost-summary");
  expect(summary.body).toMatchObject({ total_llm_cost_usd: 1.5, unattributed_usd: 0.8 });
});
