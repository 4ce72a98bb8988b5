import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { recordEvents, recordLlmCalls } from "./client/documents.js";
import { after, hour, noon, second } from "./support/clock.js";
import { given } from "./support/given.js";
import { startTestServer } from "./support/server.js";

const server = await startTestServer({ env: { REQUEST_TIMEOUT_MS: "60000" } });

test("a thousand phases of one run are one batch, whose document is written once", async () => {
  const { id } = await given(server).execution({}).inProgress();
  const events = Array.from({ length: 1_000 }, (_, index) => ({
    recordPhase: {
      executionId: id,
      eventId: `event-${index}`,
      name: "IMPLEMENT" as const,
      startedAt: after(noon, -hour + index * second),
    },
  }));

  let outcomes: unknown[] = [];
  const statements = await server.statementsDuring(async () => {
    const { body } = await server.graphql(recordEvents, { events });
    outcomes = body.data.recordEvents.map(({ outcome }) => outcome);
  });

  expect(new Set(outcomes)).toEqual(new Set(["RECORDED"]));
  expect(statements.filter((statement) => statement.includes("phase_metrics ="))).toHaveLength(0);
  expect(statements.filter((statement) => /set "phase_metrics"/.test(statement))).toHaveLength(1);
  const [row] = await server.sql(
    "select jsonb_array_length(phase_metrics -> 'phases') as phases from ws_executions",
  );
  expect(row).toEqual({ phases: 1_000 });
}, 60_000);

test("a value that breaks a rule spoils no other item of a batch", async () => {
  const { id } = await given(server).execution({}).inProgress();
  const call = { model: "a-model", startedAt: noon };
  const phase = { executionId: id, name: "VERIFY" as const, startedAt: noon };

  const calls = await server.graphql(recordLlmCalls, {
    input: [
      { ...call, sourceKey: "negative", costUsd: -1 },
      { ...call, sourceKey: "right", costUsd: 1 },
      { ...call, sourceKey: "no id", executionId: "x" },
      { ...call, sourceKey: "no time", startedAt: "2026-02-30T00:00:00Z" },
      { ...call, sourceKey: "too many", inputTokens: 2 ** 31 },
    ],
  });
  const events = await server.graphql(recordEvents, {
    events: [
      { recordPhase: { ...phase, testsWritten: 1.5 } },
      { recordPhase: { ...phase, eventId: "right" } },
      { recordPhase: { ...phase, executionId: randomUUID() } },
    ],
  });

  expect(
    calls.body.data.recordLlmCalls.map(({ outcome, error }) => outcome ?? error?.errors[0]?.path),
  ).toEqual([
    "input.0.costUsd",
    "RECORDED",
    "input.2.executionId",
    "input.3.startedAt",
    "input.4.inputTokens",
  ]);
  expect(events.body.data.recordEvents.map(({ outcome, error }) => outcome ?? error?.code)).toEqual([
    "BAD_USER_INPUT",
    "RECORDED",
    "NOT_FOUND",
  ]);
});
