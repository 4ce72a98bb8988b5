import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { execution, recordEvents, recordLlmCalls } from "./client/documents.js";
import type { EventInput, LlmCallInput } from "./client/gql/graphql.js";
import { after, noon, second } from "./support/clock.js";
import { given } from "./support/given.js";
import { startTestServer } from "./support/server.js";

const server = await startTestServer();

const call = (facts: Partial<LlmCallInput> = {}): LlmCallInput => ({
  ...{ sourceKey: randomUUID(), model: "a-model", startedAt: noon, costUsd: 0.1 },
  ...facts,
});

test("events are applied in the order of the list, each on its own: a bad one spoils no other", async () => {
  const [id, nobody] = [randomUUID(), randomUUID()];
  const phase = { executionId: id, eventId: "one", name: "VERIFY", startedAt: noon } as const;
  const events: EventInput[] = [
    { recordPhase: phase },
    { startExecution: { id, wsId: "WS-1", executor: "human", startedAt: noon } },
    { recordPhase: phase },
    { recordPhase: phase },
    { recordPhase: { ...phase, name: "IMPLEMENT" } },
    { recordPhase: { ...phase, eventId: "two", completedAt: after(noon, -second) } },
    { updateExecution: { id, llmCalls: 7 } },
    { updateExecution: { id, wpId: "", llmModel: "x".repeat(257) } },
    { recordLlmCall: call({ executionId: id, sourceKey: "key" }) },
    { recordLlmCall: call({ executionId: id, sourceKey: "key" }) },
    { recordLlmCall: call() },
    { completeExecution: { id, status: "FAILED", completedAt: after(noon, second) } },
    { completeExecution: { id } },
    { updateExecution: { id: nobody, llmCalls: 7 } },
    { startExecution: { id, wsId: "WS-2", executor: "human" } },
    { recordPhase: phase, updateExecution: { id } },
    {},
    { updateExecution: { id, reworkCycles: 3 } },
  ];

  const { body } = await server.graphql(recordEvents, { events });

  const results = body.data.recordEvents;
  expect(results.map(({ index }) => index)).toEqual(events.map((_, index) => index));
  expect(results.map(({ outcome, error }) => outcome ?? error?.code)).toEqual([
    "NOT_FOUND",
    "RECORDED",
    "RECORDED",
    "DUPLICATE",
    "CONFLICT_IGNORED",
    "BAD_USER_INPUT",
    "RECORDED",
    "BAD_USER_INPUT",
    "RECORDED",
    "DUPLICATE",
    "RECORDED",
    "RECORDED",
    "CONFLICT",
    "NOT_FOUND",
    "CONFLICT",
    "BAD_USER_INPUT",
    "BAD_USER_INPUT",
    "RECORDED",
  ]);
  expect(results.map(({ executionId }) => executionId)).toEqual(
    results.map(({ outcome, index }) => (outcome === null || index === 10 ? null : id)),
  );
  expect(results[5]?.error?.errors).toEqual([
    { path: "events.5.recordPhase.completedAt", message: expect.stringContaining("must not be before") },
  ]);
  expect(results[7]?.error?.errors.map(({ path }) => path).sort()).toEqual([
    "events.7.updateExecution.llmModel",
    "events.7.updateExecution.wpId",
  ]);
  for (const index of [15, 16]) {
    expect(results[index]?.error?.errors).toEqual([
      { path: `events.${index}`, message: expect.stringMatching(/exactly one of startExecution, /) },
    ]);
  }
  const stored = await server.graphql(execution, { id });
  expect(stored.body.data.execution).toMatchObject({
    ...{ status: "FAILED", llmCalls: 7, reworkCycles: 3, wpId: null, wsId: "WS-1", durationSeconds: 1 },
    phases: [{ eventId: "one", name: "VERIFY" }],
    cost: { totalUsd: 0.1, callCount: 1 },
  });
});

test("an empty batch is answered with an empty list", async () => {
  const events = await server.graphql(recordEvents, { events: [] });
  const calls = await server.graphql(recordLlmCalls, { input: [] });

  expect(events.body).toEqual({ data: { recordEvents: [] } });
  expect(calls.body).toEqual({ data: { recordLlmCalls: [] } });
});

test("a batch of 1000 is taken, one of 1001 is refused as a whole", async () => {
  const run = await given(server).execution().inProgress();
  const updates = Array.from({ length: 1000 }, (_, llmCalls): EventInput => {
    return llmCalls % 50 === 0 ? { updateExecution: { id: run.id, llmCalls } } : {};
  });
  const calls = Array.from({ length: 1000 }, () => call({ executionId: run.id }));

  const tooManyUpdates = await server.graphql(recordEvents, { events: [...updates, ...updates.slice(0, 1)] });
  const tooManyCalls = await server.graphql(recordLlmCalls, { input: [...calls, call()] });
  const untouched = await server.graphql(execution, { id: run.id });
  const taken = await server.graphql(recordLlmCalls, { input: calls });
  const applied = await server.graphql(recordEvents, { events: updates });

  for (const { body } of [tooManyUpdates, tooManyCalls]) {
    expect(body.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    expect(body.errors?.[0]?.message).toContain("at most 1000 items");
  }
  expect(untouched.body.data.execution).toMatchObject({ llmCalls: 0, cost: { callCount: 0 } });
  expect(new Set(taken.body.data.recordLlmCalls.map(({ outcome }) => outcome))).toEqual(
    new Set(["RECORDED"]),
  );
  expect(applied.body.data.recordEvents).toHaveLength(1000);
  expect(applied.body.data.recordEvents.filter(({ error }) => error === null)).toHaveLength(20);
  const stored = await server.graphql(execution, { id: run.id });
  expect(stored.body.data.execution).toMatchObject({
    llmCalls: 950,
    cost: { totalUsd: 100, callCount: 1000 },
  });
});

test("calls answer each for itself, in the order of the list", async () => {
  const run = await given(server).execution().inProgress();
  const known = call({ sourceKey: "known", executionId: run.id });
  await server.graphql(recordLlmCalls, { input: [known] });

  const { body } = await server.graphql(recordLlmCalls, {
    input: [
      known,
      { ...known, costUsd: 0.2 },
      call({ sourceKey: "fresh" }),
      call({ sourceKey: "fresh", model: "another" }),
      call({ sourceKey: "bad", model: "", startedAt: "1999-01-01T00:00:00Z" }),
      call({ sourceKey: "x".repeat(257) }),
      call({ sourceKey: "last", executionId: run.id, costUsd: null }),
    ],
  });

  const results = body.data.recordLlmCalls;
  expect(results.map(({ outcome, error }) => outcome ?? error?.code)).toEqual([
    ...["DUPLICATE", "CONFLICT_IGNORED", "RECORDED", "CONFLICT_IGNORED"],
    ...["BAD_USER_INPUT", "BAD_USER_INPUT", "RECORDED"],
  ]);
  expect(results.map(({ sourceKey }) => sourceKey)).toEqual([
    ...["known", "known", "fresh", "fresh", "bad", "x".repeat(257), "last"],
  ]);
  expect(results[4]?.error?.errors.map(({ path }) => path).sort()).toEqual([
    "input.4.model",
    "input.4.startedAt",
  ]);
  expect(await server.sql("select source_key, cost_usd::text from llm_calls order by source_key")).toEqual([
    { source_key: "fresh", cost_usd: "0.100000" },
    { source_key: "known", cost_usd: "0.100000" },
    { source_key: "last", cost_usd: null },
  ]);
});

test("calls among other events answer as if each had come alone", async () => {
  const [id, later] = [randomUUID(), randomUUID()];
  const known = call({ sourceKey: "known", executionId: id });
  const events: EventInput[] = [
    { recordLlmCall: known },
    { recordLlmCall: known },
    { recordLlmCall: { ...known, costUsd: 0.2 } },
    { recordLlmCall: call({ executionId: later }) },
    { recordLlmCall: call({ model: "" }) },
    { recordLlmCall: call({ executionId: id, costUsd: 0.3 }) },
    { startExecution: { id, wsId: "WS-1", executor: "human", startedAt: noon } },
    { recordLlmCall: call({ executionId: id, costUsd: 0.5 }) },
    { recordLlmCall: known },
  ];

  const { body } = await server.graphql(recordEvents, { events });

  expect(body.data.recordEvents.map(({ outcome, error }) => outcome ?? error?.code)).toEqual([
    ...["RECORDED", "DUPLICATE", "CONFLICT_IGNORED", "RECORDED", "BAD_USER_INPUT", "RECORDED"],
    ...["RECORDED", "RECORDED", "DUPLICATE"],
  ]);
  expect(body.data.recordEvents.map(({ executionId }) => executionId)).toEqual([
    ...[id, id, id, later, null, id, id, id, id],
  ]);
  const stored = await server.graphql(execution, { id });
  expect(stored.body.data.execution?.cost).toMatchObject({ totalUsd: 0.9, callCount: 3 });
});
