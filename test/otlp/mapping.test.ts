import { describe, expect, test } from "vitest";
import { callsIn } from "./found-calls.js";
import { type Attributes, fixture, logsOf, nanoseconds, record, recordsOf, withRecords } from "./requests.js";

const hash = /^[0-9a-f]{64}$/;
const keyIn = ([call]: ReturnType<typeof callsIn>) => call?.sourceKey.replace(/^\w+:/, "") ?? "";

describe("Claude Code", () => {
  const origin = { scope: "com.anthropic.claude_code.events", resource: { "service.name": "claude-code" } };
  const usual = {
    "event.name": "api_request",
    "session.id": "a-session",
    "event.sequence": 5,
    model: "claude-sonnet-4-5",
    input_tokens: 120,
    output_tokens: 45,
    request_id: "req_1",
  };
  const told = (attributes: Attributes, facts = {}) =>
    callsIn(logsOf(origin, record({ ...usual, ...attributes }, facts)));

  test("older versions write integers as strings", () => {
    const asText = { input_tokens: "120", output_tokens: "45", cost_usd: "0.01866", duration_ms: "37" };

    expect(told(asText)).toEqual(told({ cost_usd: 0.01866, duration_ms: 37 }));
    expect(told(asText)).toMatchObject([{ inputTokens: 120, costUsd: 0.01866 }]);
  });

  test.each<[Attributes, number | undefined, number | undefined]>([
    [{}, undefined, undefined],
    [{ cache_creation_tokens: 2000 }, 2000, undefined],
    [
      { cache_creation_tokens: 2000, cache_creation_5m_tokens: 1500, cache_creation_1h_tokens: 500 },
      1500,
      500,
    ],
    [{ cache_creation_tokens: 2000, cache_creation_5m_tokens: 0, cache_creation_1h_tokens: 0 }, 2000, 0],
    [{ cache_creation_5m_tokens: 1500, cache_creation_1h_tokens: 500 }, 1500, 500],
    [{ cache_creation_tokens: 500, cache_creation_1h_tokens: 2000 }, 500, 2000],
  ])("of %j so much is written for 5 minutes and for an hour", (attributes, short, long) => {
    expect(told(attributes)).toMatchObject([{ cacheWrite5mTokens: short, cacheWrite1hTokens: long }]);
  });

  test.each<[Attributes, number | undefined]>([
    [{}, undefined],
    [{ cost_usd: 0.018659999999999996 }, 0.01866],
    [{ cost_usd_micros: 18660 }, 0.01866],
    [{ cost_usd_micros: 18661, cost_usd: 0.5 }, 0.018661],
    [{ cost_usd_micros: 0, cost_usd: 0.5 }, 0],
    [{ cost_usd: 0.0000004 }, 0],
  ])("of %j the reported cost is %s", (attributes, costUsd) => {
    expect(told(attributes)).toMatchObject([{ costUsd }]);
  });

  test("a request id names the call", () => {
    expect(keyIn(told({}))).toBe("req_1");
    expect(keyIn(told({ request_id: "r".repeat(64) }))).toBe("r".repeat(64));
    expect(keyIn(told({ request_id: "r".repeat(65) }))).toMatch(hash);
  });

  test("without one it is named by session, time and sequence, which starts anew in a resumed session", () => {
    const anonymous = { request_id: undefined };

    const keys = [
      told(anonymous),
      told(anonymous),
      told(anonymous, { timeUnixNano: nanoseconds("2026-11-22T15:00:00.001Z") }),
      told({ ...anonymous, "event.sequence": 6 }),
      told({ ...anonymous, "session.id": undefined }),
      told({ ...anonymous, "session.id": undefined, model: "other" }),
    ].map(keyIn);

    expect(keys[0]).toBe("a-session|1795359600000000|5");
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(5);
    expect(keys.slice(4)).toEqual([expect.stringMatching(hash), expect.stringMatching(hash)]);
  });

  test.each([
    [undefined, "anthropic"],
    ["firstParty", "anthropic"],
    ["bedrock", "aws"],
    ["vertex", "google"],
    ["foundry", "azure"],
    ["a-gateway", "anthropic"],
  ])("through %s its provider is %s", (provider, expected) => {
    expect(told({ "anthropic.provider": provider })).toMatchObject([{ provider: expected }]);
  });

  test("it is recognized when its service has another name, and by its service alone", () => {
    const calls = [
      logsOf({ ...origin, resource: { "service.name": "my-agent" } }, record(usual)),
      logsOf({ resource: { "service.name": "claude-code-desktop" } }, record(usual)),
      logsOf({ resource: { "service.name": "my-agent" }, scope: "my-scope" }, record(usual)),
    ].map((request) => callsIn(request).length);

    expect(calls).toEqual([1, 1, 0]);
  });

  test("only the request is a call, not its error, its response or a tool", () => {
    const names = ["api_error", "assistant_response", "tool_result", "user_prompt", "api_refusal"];

    expect(names.flatMap((name) => told({ "event.name": name }))).toEqual([]);
  });
});

describe("Codex CLI", () => {
  const request = fixture("codex");

  test("is recognized when its service has another name", () => {
    const renamed = logsOf({ scope: "codex_otel.log_only" }, ...recordsOf(request));

    expect(callsIn(renamed)).toMatchObject([{ model: "gpt-5.5", provider: "openai" }]);
  });

  test("a call starts when it was observed, else when its event says", () => {
    const [call] = recordsOf(request).filter(({ attributes }) =>
      attributes.some(({ key }) => key === "input_token_count"),
    );
    const untimed = withRecords(request, [{ attributes: call?.attributes ?? [] }]);

    expect(callsIn(request)).toMatchObject([{ startedAt: "2026-11-22T15:06:19.786Z" }]);
    expect(callsIn(untimed)).toMatchObject([{ startedAt: "2026-11-22T15:06:19.786Z" }]);
  });

  test("what was written to the cache is part of the input as well", () => {
    const usage = { input_token_count: "1000", output_token_count: "50", cached_token_count: 400 };
    const event = { "event.name": "codex.sse_event", "event.kind": "response.completed" };
    const told = logsOf(
      { resource: { "service.name": "codex_exec" } },
      record({ ...event, ...usage, cache_write_token_count: 100, reasoning_token_count: 10 }),
    );

    expect(callsIn(told)).toMatchObject([
      { inputTokens: 500, cacheReadTokens: 400, cacheWrite5mTokens: 100, outputTokens: 50 },
    ]);
  });
});

describe("Gemini CLI", () => {
  const usage = { input_token_count: 1000, output_token_count: 50, cached_content_token_count: 400 };
  const event = { "event.name": "gemini_cli.api_response", model: "gemini-2.5-pro" };
  const told = (attributes: Attributes, resource: Attributes = {}) =>
    callsIn(logsOf({ scope: "gemini-cli", resource }, record({ ...event, ...usage, ...attributes })));

  test("the results of tools are more input, and thoughts are more output", () => {
    expect(told({ tool_token_count: 7, thoughts_token_count: 10, total_token_count: 1067 })).toMatchObject([
      { inputTokens: 607, cacheReadTokens: 400, outputTokens: 60 },
    ]);
  });

  test("its session is that of its resource when the record names none", () => {
    const resource = { "session.id": "of-the-resource" };

    expect(told({}, resource)).toMatchObject([{ executorSessionId: "of-the-resource" }]);
    expect(told({ "session.id": "own" }, resource)).toMatchObject([{ executorSessionId: "own" }]);
  });

  test("calls that differ in anything that tells them apart have keys of their own", () => {
    const differences = [
      {},
      { duration_ms: 1 },
      { input_token_count: 1001 },
      { prompt_id: "p" },
      { model: "other" },
    ];
    const sameSaidOtherwise = { total_token_count: 5, role: "main", ws_execution_id: "anything" };

    const keys = differences.map((difference) => keyIn(told(difference)));

    expect(new Set(keys).size).toBe(differences.length);
    expect(keyIn(told(sameSaidOtherwise))).toBe(keys[0]);
    expect(keys[0]).toMatch(hash);
  });
});

test("a duration that makes no sense is none, whoever reports it", () => {
  const event = { "event.name": "gemini_cli.api_response", model: "gemini-2.5-pro", input_token_count: 1 };
  const durations = [undefined, 0, -5, "soon", 215.600142, { doubleValue: 1e300 }];

  const starts = durations.map(
    (duration_ms) =>
      callsIn(logsOf({ scope: "gemini-cli" }, record({ ...event, duration_ms })))[0]?.startedAt,
  );

  const ended = "2026-11-22T15:00:00.000Z";
  expect(starts).toEqual([ended, ended, ended, ended, "2026-11-22T14:59:59.784Z", undefined]);
});
