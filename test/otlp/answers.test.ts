import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { encodings, exportTo, mediaTypes } from "./exporter.js";
import type { SignalName } from "./protobuf.js";
import {
  type Attributes,
  captured,
  type LogRecord,
  logsOf,
  metricsRequest,
  nanoseconds,
  record,
  span,
  spansOf,
} from "./requests.js";

const server = await startTestServer({ clock: captured });

const scope = "com.anthropic.claude_code.events";
const usual = {
  "event.name": "api_request",
  request_id: "req_1",
  model: "claude-sonnet-4-5",
  input_tokens: 5,
};
const call = (attributes: Attributes = {}, facts: Partial<LogRecord> = {}) =>
  record({ ...usual, ...attributes }, facts);
const keys = async () =>
  (await server.sql("select source_key from llm_calls order by 1")).map((row) => row.source_key);

describe.each(encodings)("in $encoding", (manner) => {
  const type = mediaTypes[manner.encoding];

  test.each<[SignalName, object]>([
    ["logs", {}],
    ["traces", {}],
    ["metrics", {}],
    ["logs", logsOf({}, record({ "event.name": "anything" }))],
    ["traces", spansOf({}, span())],
    ["metrics", metricsRequest],
  ])("%s that tell of no call are taken: %j", async (signal, request) => {
    const answer = await exportTo(server, signal, request, manner);

    expect(answer).toMatchObject({ status: 200, body: {} });
    expect(Object.keys(answer.body)).toEqual([]);
    expect(answer.headers.get("content-type")?.split(";")[0]).toBe(type);
    expect(await keys()).toEqual([]);
  });

  test("a span that cannot be kept is counted as one", async () => {
    const usage = { "gen_ai.usage.input_tokens": 5, "gen_ai.request.model": "gpt-5" };
    const spans = spansOf({}, span(usage), span(usage, { startTimeUnixNano: "0" }));

    const answer = await exportTo(server, "traces", spans, manner);

    expect(answer.body).toMatchObject({
      partialSuccess: {
        rejectedSpans: "1",
        errorMessage: "resourceSpans.0.scopeSpans.0.spans.1: startedAt is required",
      },
    });
    expect(await keys()).toHaveLength(1);
  });
});

const at = (index: number) => `resourceLogs.0.scopeLogs.0.logRecords.${index}`;
test.each<[string, LogRecord, RegExp]>([
  ["without any time", call({}, { timeUnixNano: "0" }), /startedAt is required/],
  [
    "before 2000",
    call({}, { timeUnixNano: nanoseconds("1999-12-31T23:59:59Z") }),
    /startedAt must not be before 2000/,
  ],
  [
    "tomorrow",
    call({}, { timeUnixNano: nanoseconds("2026-11-24T16:00:00Z") }),
    /startedAt must not be more than 24 hours/,
  ],
  ["at the end of time", call({}, { timeUnixNano: "18446744073709551615" }), /startedAt must/],
  ["of a model with a long name", call({ model: "m".repeat(257) }), /model must have at most 256 characters/],
  [
    "of a long session",
    call({ "session.id": "s".repeat(257) }),
    /executorSessionId must have at most 256 characters/,
  ],
  ["with a NUL in its id", call({ request_id: "a\0b" }), /sourceKey must not contain the NUL/],
  ["with negative tokens", call({ input_tokens: -1 }), /inputTokens must be a whole number/],
  ["with half a token", call({ output_tokens: 0.5 }), /outputTokens must be a whole number/],
  ["with tokens in words", call({ input_tokens: "many" }), /inputTokens must be a whole number/],
  ["with too many tokens", call({ input_tokens: 2 ** 31 }), /inputTokens must be a whole number/],
  ["with a negative cost", call({ cost_usd: -0.5 }), /costUsd must be an amount/],
  ["with too high a cost", call({ cost_usd_micros: 1e12 }), /costUsd must be an amount/],
])("a call %s is left out, the others are kept", async (_, bad, rule) => {
  const request = logsOf({ scope }, call({ request_id: "before" }), bad, call({ request_id: "after" }));

  const answer = await exportTo(server, "logs", request);

  expect(answer).toMatchObject({ status: 200, body: { partialSuccess: { rejectedLogRecords: "1" } } });
  const { errorMessage } = answer.body.partialSuccess as { errorMessage: string };
  expect(errorMessage).toMatch(rule);
  expect(errorMessage.startsWith(`${at(1)}: `)).toBe(true);
  expect(await keys()).toEqual(["claude_code:after", "claude_code:before"]);
});

test.each([undefined, ""])("a call of the model %j is spend of an unknown one", async (model) => {
  const answer = await exportTo(server, "logs", logsOf({ scope }, call({ model, cost_usd: 1.5 })));

  expect(answer).toMatchObject({ status: 200, body: {} });
  expect(await server.sql("select model, cost_usd::text as cost from llm_calls")).toEqual([
    { model: "unknown", cost: "1.500000" },
  ]);
});

test("of many that are left out the message names a few", async () => {
  const bad = Array.from({ length: 30 }, (_, index) => call({ request_id: `${index}`, input_tokens: -1 }));

  const { body } = await exportTo(server, "logs", logsOf({ scope }, ...bad));

  expect(body).toMatchObject({
    partialSuccess: { rejectedLogRecords: "30", errorMessage: expect.stringMatching(/; and 20 more$/) },
  });
});
