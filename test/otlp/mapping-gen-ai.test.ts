import { findProvider } from "@pydantic/genai-prices";
import { describe, expect, test } from "vitest";
import { callsIn } from "./found-calls.js";
import { type Attributes, keyValues, logsOf, nanoseconds, record, spansOf } from "./requests.js";

const details = "gen_ai.client.inference.operation.details";
const ids = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
const usual = {
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "openai",
  "gen_ai.request.model": "gpt-5",
  "gen_ai.usage.input_tokens": 1000,
  "gen_ai.usage.output_tokens": 50,
};
const times = {
  startTimeUnixNano: nanoseconds("2026-11-22T15:00:00.000Z"),
  endTimeUnixNano: nanoseconds("2026-11-22T15:00:02.000Z"),
};

const fromLog = (attributes: Attributes, facts = {}) =>
  callsIn(logsOf({}, record({ "event.name": details, ...usual, ...attributes }, { ...ids, ...facts })));
const fromSpan = (attributes: Attributes, facts = {}) =>
  callsIn(spansOf({}, { ...ids, ...times, ...facts, attributes: keyValues({ ...usual, ...attributes }) }));

describe.each([
  ["log record", fromLog],
  ["span", fromSpan],
])("a GenAI %s", (_, told) => {
  test("tells of a call", () => {
    expect(told({ "gen_ai.response.model": "gpt-5-2025-08-07", "gen_ai.conversation.id": "c" })).toEqual([
      {
        sourceKey: "gen_ai:0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331",
        executionId: undefined,
        executorSessionId: "c",
        provider: "openai",
        model: "gpt-5-2025-08-07",
        startedAt: "2026-11-22T15:00:00.000Z",
        inputTokens: 1000,
        cacheReadTokens: undefined,
        cacheWrite5mTokens: undefined,
        outputTokens: 50,
      },
    ]);
  });

  test.each<[string, Attributes]>([
    [
      "in today's spelling",
      { "gen_ai.usage.cache_read.input_tokens": 400, "gen_ai.usage.cache_creation.input_tokens": 100 },
    ],
    [
      "as cache_write",
      { "gen_ai.usage.cache_read.input_tokens": 400, "gen_ai.usage.cache_write.input_tokens": 100 },
    ],
    [
      "with underscores",
      { "gen_ai.usage.cache_read_input_tokens": 400, "gen_ai.usage.cache_creation_input_tokens": 100 },
    ],
  ])("includes the cache in its input, written %s", (_spelling, attributes) => {
    expect(told(attributes)).toMatchObject([
      { inputTokens: 500, cacheReadTokens: 400, cacheWrite5mTokens: 100 },
    ]);
  });

  test("may have the names of tokens that came before", () => {
    const before = { "gen_ai.usage.prompt_tokens": 7, "gen_ai.usage.completion_tokens": 8 };
    const without = { "gen_ai.usage.input_tokens": undefined, "gen_ai.usage.output_tokens": undefined };

    expect(told({ ...without, ...before })).toMatchObject([{ inputTokens: 7, outputTokens: 8 }]);
  });

  test("with more in the cache than in its input never included it", () => {
    const attributes = { "gen_ai.usage.input_tokens": 120, "gen_ai.usage.cache_read.input_tokens": 30_000 };

    expect(told(attributes)).toMatchObject([{ inputTokens: 120, cacheReadTokens: 30_000 }]);
  });

  test.each(["chat", "generate_content", "text_completion", "embeddings", undefined])(
    "of %s is a call",
    (name) => {
      expect(told({ "gen_ai.operation.name": name })).toHaveLength(1);
    },
  );

  test.each(["invoke_agent", "create_agent", "execute_tool", "invoke_workflow", "retrieval"])(
    "of %s sums up other calls, or is none",
    (name) => {
      expect(told({ "gen_ai.operation.name": name })).toEqual([]);
    },
  );

  test("without usage is no call", () => {
    expect(told({ "gen_ai.usage.input_tokens": undefined, "gen_ai.usage.output_tokens": undefined })).toEqual(
      [],
    );
  });

  test("of embeddings has input only", () => {
    expect(told({ "gen_ai.usage.output_tokens": undefined })).toMatchObject([
      { inputTokens: 1000, outputTokens: undefined },
    ]);
  });

  test.each([
    [{ "gen_ai.provider.name": "gcp.gen_ai" }, "google"],
    [{ "gen_ai.provider.name": undefined, "gen_ai.system": "az.ai.openai" }, "azure"],
    [{ "gen_ai.provider.name": "aws.bedrock", "gen_ai.system": "anthropic" }, "aws"],
    [{ "gen_ai.provider.name": "Anthropic" }, "anthropic"],
    [{ "gen_ai.provider.name": "my-gateway" }, "my-gateway"],
    [{ "gen_ai.provider.name": undefined }, undefined],
  ])("with %j is a call of %s", (attributes, provider) => {
    expect(told(attributes)).toMatchObject([{ provider }]);
  });

  test("is named by its response, else by its span, else by what it says", () => {
    const responseId = { "gen_ai.response.id": "chatcmpl-1" };
    const keys = [
      told(responseId),
      told({}),
      told({}, { traceId: "" }),
      told({ "gen_ai.response.id": "r".repeat(300) }),
    ];

    expect(keys.map(([call]) => call?.sourceKey)).toEqual([
      "gen_ai:chatcmpl-1",
      `gen_ai:${ids.traceId}:${ids.spanId}`,
      expect.stringMatching(/^gen_ai:[0-9a-f]{64}$/),
      expect.stringMatching(/^gen_ai:[0-9a-f]{64}$/),
    ]);
  });
});

test.each([
  "anthropic",
  "aws.bedrock",
  "azure.ai.inference",
  "azure.ai.openai",
  "az.ai.inference",
  "az.ai.openai",
  "cohere",
  "deepseek",
  "gcp.gemini",
  "gcp.gen_ai",
  "gcp.vertex_ai",
  "gemini",
  "groq",
  "mistral_ai",
  "moonshot_ai",
  "openai",
  "perplexity",
  "vertex_ai",
  "x_ai",
  "xai",
])("the well-known provider %s is one that prices are known of", (name) => {
  const [call] = fromLog({ "gen_ai.provider.name": name });

  expect(findProvider({ providerId: call?.provider ?? "" })?.id).toBe(call?.provider);
});

test("an event may carry its name in either place; other events are no calls", () => {
  const nameless = { "event.name": undefined };

  expect(fromLog(nameless, { eventName: details })).toHaveLength(1);
  expect(fromLog(nameless, { eventName: "gen_ai.choice" })).toEqual([]);
});

test.each<[string, Parameters<typeof spansOf>[0]]>([
  ["Claude Code", { scope: "com.anthropic.claude_code.tracing", resource: { "service.name": "my-agent" } }],
  ["Claude Code", { resource: { "service.name": "claude-code" } }],
  ["Codex CLI", { scope: "codex_exec", resource: { "service.name": "codex_exec" } }],
  ["Gemini CLI", { scope: "gemini-cli", resource: { "service.name": "my-agent" } }],
])("spans of %s are not counted, its log records are", (_, origin) => {
  const span = { ...ids, ...times, attributes: keyValues(usual) };

  expect(callsIn(spansOf(origin, span))).toEqual([]);
  expect(callsIn(logsOf(origin, record({ ...usual, "event.name": details })))).toEqual([]);
});
