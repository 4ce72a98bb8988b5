import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { after, day, hour, minute, noon, second } from "../support/clock.js";
import { given } from "../support/given.js";
import { copierOf, startServerWithLog } from "./log.js";

const { server, log } = await startServerWithLog();

const anHourAgo = after(noon, -hour);

async function costOf(id: string) {
  const { body } = await server.get<{ cost: Record<string, unknown> }>(`/ws-executions/${id}`);
  return body.cost;
}

const costSummary = async () => (await server.get("/cost-summary")).body;

const storedCalls = () =>
  server.sql("select source_key, source, reported_cost_usd::text as cost from llm_calls order by source_key");

test("a row becomes a call of its execution, with its cost, document type, provider, model and phase", async () => {
  const run = await given(server)
    .execution({ started_at: after(noon, -2 * hour) })
    .phase("implement", { started_at: after(noon, -2 * hour), completed_at: after(noon, -90 * minute) })
    .phase("verify", { started_at: after(noon, -90 * minute), completed_at: noon })
    .completed();
  await log.write({
    ...{ workflow_execution_id: run.id, artifact_type: "architecture", cost_usd: 1.5 },
    ...{ input_tokens: 1200, output_tokens: 300, started_at: anHourAgo },
  });

  await copierOf(server).copy();

  expect(await costOf(run.id)).toMatchObject({ total_usd: 1.5, source: "LLM_LOG", call_count: 1 });
  expect(await costSummary()).toMatchObject({
    total_llm_cost_usd: 1.5,
    unattributed_usd: 0,
    by_document_type: [{ key: "architecture", cost_usd: 1.5, call_count: 1, execution_count: 1 }],
    by_model: [{ key: "a-model", cost_usd: 1.5, call_count: 1, execution_count: 1 }],
    by_phase: [{ key: "verify", cost_usd: 1.5, call_count: 1, execution_count: 1 }],
    by_source: [{ key: "llm_log", cost_usd: 1.5, call_count: 1, execution_count: 1 }],
  });
  expect(
    await server.sql(
      "select provider, input_tokens, output_tokens, cache_read_tokens, started_at from llm_calls",
    ),
  ).toEqual([
    {
      ...{ provider: "anthropic", input_tokens: 1200, output_tokens: 300, cache_read_tokens: null },
      started_at: new Date(anHourAgo),
    },
  ]);
});

test("a call in progress is unpriced until the log knows its cost", async () => {
  const run = await given(server).execution().inProgress({ llm_cost_usd: 7 });
  const copier = copierOf(server);
  const id = await log.write({
    workflow_execution_id: run.id,
    status: "IN_PROGRESS",
    cost_usd: null,
    ended_at: null,
  });
  await copier.copy();
  expect(await costOf(run.id)).toMatchObject({ total_usd: 7, call_count: 1, unpriced_call_count: 1 });

  await log.change(id, { status: "SUCCESS", cost_usd: 0.125, ended_at: noon });
  await copier.copy();

  expect(await costOf(run.id)).toMatchObject({ total_usd: 0.125, call_count: 1, unpriced_call_count: 0 });
});

test("a call that the log ascribes to another execution moves there", async () => {
  const wrong = await given(server).execution().inProgress();
  const right = await given(server).execution().inProgress();
  const copier = copierOf(server);
  const id = await log.write({ workflow_execution_id: wrong.id });
  await copier.copy();

  await log.change(id, { workflow_execution_id: right.id });
  await copier.copy();

  expect(await costOf(wrong.id)).toMatchObject({ call_count: 0, logged_usd: null });
  expect(await costOf(right.id)).toMatchObject({ call_count: 1, logged_usd: 0.25 });
});

test("a row whose call started at another time than it first said is still one call", async () => {
  const copier = copierOf(server);
  const id = await log.write({ started_at: anHourAgo });
  await copier.copy();

  await log.change(id, { started_at: after(anHourAgo, -10 * minute) });
  await copier.copy();

  expect(await server.sql("select started_at from llm_calls")).toEqual([
    { started_at: new Date(after(anHourAgo, -10 * minute)) },
  ]);
});

test("a row that is logged late is found, however many started after it", async () => {
  const copier = copierOf(server);
  await log.writeMany(3, { started_at: after(noon, -minute) });
  await copier.copy();

  await log.write({ started_at: after(noon, -47 * hour), cost_usd: 4 });
  await copier.copy();

  expect(await costSummary()).toMatchObject({ total_llm_cost_usd: 4.75 });
});

test("for 48 hours a row is read again, then it is settled", async () => {
  const copier = copierOf(server);
  const young = await log.write({ started_at: after(noon, -2 * day + minute), cost_usd: 1 });
  const old = await log.write({ started_at: after(noon, -2 * day - minute), cost_usd: 1 });
  await copier.copy();

  await log.change(young, { cost_usd: 2 });
  await log.change(old, { cost_usd: 2 });
  await copier.copy();

  expect(await storedCalls()).toEqual(
    [
      { source_key: young, source: "llm_log", cost: "2.000000" },
      { source_key: old, source: "llm_log", cost: "1.000000" },
    ].sort((left, right) => (left.source_key < right.source_key ? -1 : 1)),
  );
});

test("what changes right before it settles is still seen", async () => {
  const copier = copierOf(server);
  const id = await log.write({ started_at: after(noon, -second) });
  await copier.copy();

  server.clock.set(after(noon, 2 * day - 2 * second));
  await log.change(id, { cost_usd: 3 });
  server.clock.advance(hour);
  await copier.copy();

  expect(await costSummary()).toMatchObject({ total_llm_cost_usd: 3 });
});

test("a row that the log no longer holds stays a call", async () => {
  const copier = copierOf(server);
  await log.write();
  const id = await log.write();
  await copier.copy();

  await log.remove(id);
  await copier.copy();

  expect(await costSummary()).toMatchObject({ total_llm_cost_usd: 0.5 });
});

describe("a call that is also reported directly, under the id of its row,", () => {
  test("is one call, and what was reported first stays", async () => {
    const id = randomUUID();
    const run = await given(server).execution().inProgress();
    await run.withLlmCall({ sourceKey: id, costUsd: 9 });
    await log.write({ id, workflow_execution_id: run.id, cost_usd: 1 });

    await copierOf(server).copy();

    expect(await storedCalls()).toEqual([{ source_key: id, source: "api", cost: "9.000000" }]);
    expect(await costOf(run.id)).toMatchObject({ total_usd: 9, call_count: 1 });
  });

  test("is one call when it was logged first", async () => {
    const run = await given(server).execution().inProgress();
    const id = await log.write({ workflow_execution_id: run.id, cost_usd: 1 });
    await copierOf(server).copy();

    await run.withLlmCall({ sourceKey: id, costUsd: 9 });

    expect(await storedCalls()).toEqual([{ source_key: id, source: "llm_log", cost: "1.000000" }]);
    expect(await costOf(run.id)).toMatchObject({ total_usd: 1, call_count: 1 });
  });
});

test("a call waits for an execution that is told of later", async () => {
  const id = randomUUID();
  await log.write({ workflow_execution_id: id });
  await copierOf(server).copy();
  expect(await costSummary()).toMatchObject({ unattributed_usd: 0.25 });

  await given(server).execution({ id }).inProgress();

  expect(await costOf(id)).toMatchObject({ total_usd: 0.25, call_count: 1 });
  expect(await costSummary()).toMatchObject({ unattributed_usd: 0 });
});

test("logged and reported calls are one stream to every report", async () => {
  const run = await given(server).execution({ ws_id: "WS-1" }).completed();
  await run.withLlmCall({ costUsd: 1, documentType: "discovery" });
  await log.write({ workflow_execution_id: run.id, artifact_type: "discovery", cost_usd: 2 });

  await copierOf(server).copy();

  expect(await costOf(run.id)).toMatchObject({ total_usd: 3, call_count: 2 });
  expect(await costSummary()).toMatchObject({
    total_llm_cost_usd: 3,
    by_document_type: [{ key: "discovery", cost_usd: 3, call_count: 2, execution_count: 1 }],
    by_ws: [{ key: "WS-1", cost_usd: 3, call_count: 2, execution_count: 1 }],
  });
  expect((await server.get("/dashboard")).body).toMatchObject({ total_llm_cost_usd: 3, cost_per_ws: 3 });
  expect((await server.get("/scoreboard")).body).toMatchObject({ total_llm_cost_usd: 3 });
});

test("the cost summary says as of when the log is in it, through both doors", async () => {
  const asOf = async () => [
    (await costSummary()).log_as_of,
    (await server.graphql("{ costSummary { logAsOf } }")).body.data.costSummary,
  ];
  expect(await asOf()).toEqual([null, { logAsOf: null }]);

  const copier = copierOf(server);
  await copier.copy();
  expect(await asOf()).toEqual([noon, { logAsOf: noon }]);

  server.clock.advance(minute);
  await copier.copy();
  expect(await asOf()).toEqual([after(noon, minute), { logAsOf: after(noon, minute) }]);
});
