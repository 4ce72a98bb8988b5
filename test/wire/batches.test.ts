import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as documents from "../client/documents.js";
import { noon } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { graphqlQuery } from "./exchange.js";
import { expectNoInternals, expectRefusal, storedRows } from "./refusal.js";

const server = await startTestServer();

const id = "0f8fad5b-d9cb-469f-a165-70867728950e";
const started = "2026-02-23T10:00:00.000Z";
const call = { sourceKey: "call-1", model: "a-model", startedAt: started };
const phase = { executionId: id, eventId: "e-1", name: "VERIFY", startedAt: started } as const;
const bugFix = {
  executionId: id,
  description: "It broke",
  rootCause: "An off-by-one",
  testName: "it holds",
  fixSummary: "Count",
  autonomous: true,
};

/** One event each, what is wrong with it, and where. */
const badEvents: readonly (readonly [string, object, string, string, RegExp])[] = [
  ["nothing", {}, "BAD_USER_INPUT", "events.0", /exactly one of startExecution, /],
  [
    "two things",
    { recordPhase: phase, recordBugFix: bugFix },
    "BAD_USER_INPUT",
    "events.0",
    /exactly one of/,
  ],
  [
    "a start with NUL",
    { startExecution: { wsId: "a\0", executor: "human" } },
    "BAD_USER_INPUT",
    "events.0.startExecution.wsId",
    /NUL/,
  ],
  [
    "an update with a far future",
    { completeExecution: { id, completedAt: "2027-01-01T00:00:00Z" } },
    "BAD_USER_INPUT",
    "events.0.completeExecution.completedAt",
    /24 hours/,
  ],
  [
    "an end before the stored start",
    { completeExecution: { id, completedAt: "2026-02-23T09:00:00Z" } },
    "BAD_USER_INPUT",
    "events.0.completeExecution.completedAt",
    /must not be before/,
  ],
  [
    "an end that is none",
    { completeExecution: { id, status: "BLOCKED" } },
    "BAD_USER_INPUT",
    "events.0.completeExecution.status",
    /COMPLETED, FAILED, HARD_STOP/,
  ],
  [
    "a phase with an over-long key",
    { recordPhase: { ...phase, eventId: "e".repeat(129) } },
    "BAD_USER_INPUT",
    "events.0.recordPhase.eventId",
    /at most 128/,
  ],
  [
    "a bug fix with a lone surrogate",
    { recordBugFix: { ...bugFix, description: "\ud800" } },
    "BAD_USER_INPUT",
    "events.0.recordBugFix.description",
    /surrogate/,
  ],
  [
    "a call without a key",
    { recordLlmCall: { ...call, sourceKey: "" } },
    "BAD_USER_INPUT",
    "events.0.recordLlmCall.sourceKey",
    /empty/,
  ],
];

describe("an event of a batch is refused by itself when it is", () => {
  for (const [name, event, code, path, says] of badEvents) {
    test(name, async () => {
      await given(server).execution({ id, started_at: started }).inProgress();
      const before = await storedRows(server);

      const sent = server.graphql<{ recordEvents: unknown }>(documents.recordEvents.toString(), {
        events: [event],
      });

      const { status, body } = await sent;
      const error = {
        code,
        message: expect.stringMatching(says),
        errors: [{ path, message: expect.stringMatching(says) }],
      };
      expect({ status, body }).toEqual({
        status: 200,
        body: { data: { recordEvents: [{ index: 0, outcome: null, executionId: null, error }] } },
      });
      expectNoInternals(JSON.stringify(body));
      expect(await storedRows(server)).toEqual(before);
    });
  }
});

test("events that are refused, for any reason, spoil no other", async () => {
  const known = await given(server).execution({ started_at: started }).completed();
  const events = [
    { startExecution: { id, wsId: "WS-1", executor: "human", startedAt: started } },
    { recordPhase: { ...phase, executionId: randomUUID() } },
    { completeExecution: { id: known.id, status: "FAILED" } },
    { startExecution: { id: known.id, wsId: "WS-OTHER", executor: "human" } },
    { updateExecution: { id, wpId: "" } },
    { completeExecution: { id, completedAt: "2026-02-23T09:00:00Z", llmCalls: 7 } },
    { completeExecution: { id, completedAt: noon, llmCalls: 8 } },
  ] as const;

  const { body } = await server.graphql(documents.recordEvents, { events: [...events] });

  const told = body.data.recordEvents.map(({ outcome, error }) => error?.code ?? outcome);
  expect(told).toEqual([
    "RECORDED",
    "NOT_FOUND",
    "CONFLICT",
    "CONFLICT",
    "BAD_USER_INPUT",
    "BAD_USER_INPUT",
    "RECORDED",
  ]);
  expect(await server.sql("select wp_id, status, llm_calls from ws_executions where id = $1", [id])).toEqual([
    { wp_id: null, status: "COMPLETED", llm_calls: 8 },
  ]);
});

test("a call of a batch is refused by itself, with its place in the batch", async () => {
  const input = [call, { ...call, sourceKey: "call-2", startedAt: "1999-01-01T00:00:00Z" }, call];

  const { body } = await server.graphql(documents.recordLlmCalls, { input });

  expect(body.data.recordLlmCalls).toEqual([
    { sourceKey: "call-1", outcome: "RECORDED", error: null },
    {
      sourceKey: "call-2",
      outcome: null,
      error: {
        code: "BAD_USER_INPUT",
        message: expect.stringMatching(/2000/),
        errors: [{ path: "input.1.startedAt", message: expect.stringMatching(/2000/) }],
      },
    },
    { sourceKey: "call-1", outcome: "DUPLICATE", error: null },
  ]);
  expect(await server.sql("select source_key from llm_calls")).toEqual([{ source_key: "call-1" }]);
});

describe("a whole batch is refused", () => {
  test("when it has more than 1,000 items", async () => {
    const events = Array(1_001).fill({ recordLlmCall: call });
    const input = Array(1_001).fill(call);
    const says = /at most 1000 items/;

    await expectRefusal(server, "graphql", graphqlQuery(documents.recordEvents.toString(), { events }), {
      code: "BAD_USER_INPUT",
      errors: { events: says },
    });
    await expectRefusal(server, "graphql", graphqlQuery(documents.recordLlmCalls.toString(), { input }), {
      code: "BAD_USER_INPUT",
      errors: { input: says },
    });
  });

  test("when one item is of a wrong type, all such items being named", async () => {
    const events = [{ recordLlmCall: call }, { recordPhase: { ...phase, name: "DEPLOY" } }, { nothing: {} }];

    await expectRefusal(server, "graphql", graphqlQuery(documents.recordEvents.toString(), { events }), {
      code: "BAD_USER_INPUT",
      errors: {
        "events.1.recordPhase.name": /FAILING_TESTS, IMPLEMENT, VERIFY, DO_NO_HARM_AUDIT/,
        "events.2.nothing": /is not a field/,
      },
    });
  });
});
