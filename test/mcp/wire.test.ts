import { describe, expect, test } from "vitest";
import { onPostgres } from "../support/database.js";
import { startTestServer } from "../support/server.js";
import { exchange, mcpPost, toolCall } from "../wire/exchange.js";
import { expectNoInternals, expectRefusal, storedRows } from "../wire/refusal.js";
import { modelAt } from "./model.js";

const server = await startTestServer();
const run = { ws_id: "WS-1", executor: "human" };

interface RpcAnswer {
  readonly result?: { readonly isError?: boolean; readonly content?: readonly { readonly text: string }[] };
  readonly error?: { readonly code: number; readonly message: string };
}

/** What a message is answered, which must tell of nothing inside and change nothing. */
async function answerTo(sent: ReturnType<typeof mcpPost>) {
  const before = await storedRows(server);
  const { status, headers, text } = await exchange(server.url, sent);
  expectNoInternals(text);
  expect(headers["content-type"]).toMatch(/^application\/json/);
  expect(await storedRows(server)).toEqual(before);
  return { status, ...(JSON.parse(text) as RpcAnswer) };
}

const modern = (method: string, params: object = {}) => {
  const sent = mcpPost({
    id: 1,
    method,
    params: {
      ...params,
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { name: "a test", version: "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    },
  });
  return {
    ...sent,
    headers: { ...sent.headers, "mcp-protocol-version": "2026-07-28", "mcp-method": method },
  };
};

describe("a message is refused", () => {
  test("with others in a batch", async () => {
    const call = JSON.parse(String(toolCall("start_work_statement", run).body));
    const batch = { ...mcpPost({}), body: JSON.stringify([call, call]) };

    await expectRefusal(server, "mcp", batch, { code: "BAD_USER_INPUT", status: 400, message: /one by one/ });
  });

  test.each(["nope", "resources/list", "__proto__", "tools/", "logging/setLevel"])(
    "of method %s",
    async (method) => {
      const { error } = await answerTo(mcpPost({ id: 1, method }));

      expect(error?.code).toBe(-32601);
    },
  );

  test("that wants to be told of changes, for there are none", async () => {
    const { error } = await answerTo(
      modern("subscriptions/listen", { notifications: { toolsListChanged: true } }),
    );

    expect(error?.code).toBe(-32603);
  });

  test.each(["nope", "toString", "__proto__", "constructor", "", 5, null, {}])("to tool %j", async (name) => {
    const { error, result } = await answerTo(toolCall(name, run));

    expect({ error: error?.code, result }).toEqual({ error: -32602, result: undefined });
  });

  test("that is larger than a body may be", async () => {
    const huge = toolCall("report_bug_fix", { description: "x".repeat(5 * 1024 * 1024) });

    await expectRefusal(server, "mcp", huge, { code: "PAYLOAD_TOO_LARGE" });
  });

  test("from a page of another origin, and to another name", async () => {
    const sent = toolCall("start_work_statement", run);
    const from = (headers: object) => ({ ...sent, headers: { ...sent.headers, ...headers } });

    await expectRefusal(server, "mcp", from({ origin: "http://evil.example" }), { code: "FORBIDDEN" });
    await expectRefusal(server, "mcp", from({ host: "evil.example" }), { code: "FORBIDDEN" });
  });
});

describe("a call is answered with an error", () => {
  test("that names unknown fields, those that other doors know included", async () => {
    const { call } = await modelAt(server.url);

    const { isError, text, error } = await call("complete_work_statement", {
      execution_id: "3f0c0d2e-0000-4000-8000-000000000001",
      llm_tokens_in: 5,
      executionId: "x",
      id: "y",
    });

    expect(isError).toBe(true);
    expect(error.code).toBe("BAD_USER_INPUT");
    expect(error.errors.map(({ path }) => path)).toEqual(["llm_tokens_in", "executionId", "id"]);
    expect(text).toContain("the fields are `execution_id`, `status`");
  });

  test.each([
    [toolCall("start_work_statement", undefined), /ws_id: is required; executor: is required/],
    [toolCall("report_phase", { execution_id: 5, name: {} }), /execution_id: .*; name: must be one of/],
    [
      toolCall("report_phase", { execution_id: "x", name: "verify", result: "pass" }),
      /execution_id: must be a UUID/,
    ],
    [
      toolCall("report_bug_fix", { autonomous: "yes" }),
      /execution_id: is required; description: is required/,
    ],
    [toolCall("get_metrics", { window: "1y" }), /window: must be one of 24h/],
    [toolCall("get_execution", { execution_id: null }), /execution_id: is required/],
    [
      toolCall("complete_work_statement", { execution_id: "x", test_metrics: { wrote: 1 } }),
      /test_metrics\.wrote: is not a field here; the fields are `written`/,
    ],
  ])("that says what is wrong in the names of the tool: %#", async (sent, says) => {
    const { status, result } = await answerTo(sent);

    expect({ status, isError: result?.isError }).toEqual({ status: 200, isError: true });
    expect(result?.content?.[0]?.text).toMatch(
      /^BAD_USER_INPUT: .* Put this right and call the tool again\.$/s,
    );
    expect(result?.content?.[0]?.text).toMatch(says);
  });

  test.each(["report_phase", "complete_work_statement", "report_bug_fix", "get_execution"])(
    "that says to start first, where there is no such run: %s",
    async (name) => {
      const bug = { description: "a", root_cause: "b", test_name: "c", fix_summary: "d", autonomous: true };
      const { call } = await modelAt(server.url);

      const { text } = await call(name, {
        execution_id: "3f0c0d2e-0000-4000-8000-000000000001",
        ...(name === "report_phase" && { name: "verify" }),
        ...(name === "report_bug_fix" && bug),
      });

      expect(text).toMatch(/^NOT_FOUND: There is no execution 3f0c.*Call start_work_statement first/s);
    },
  );
});

// What follows reaches no database, so one engine is enough.
describe.skipIf(onPostgres)("arguments that are meant to hurt are refused in few words:", () => {
  const bytes = 2 * 1024 * 1024;
  const call = (input: string) => ({
    ...mcpPost({}),
    body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"start_work_statement","arguments":${input}}}`,
  });
  const fields = Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join();
  const cases: Readonly<Record<string, string>> = {
    "nested lists": `{"ws_id":${"[".repeat(bytes / 2)}${"]".repeat(bytes / 2)}}`,
    "nested objects": `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
    "unknown fields": `{${fields}}`,
    "a list": `[${"1,".repeat(bytes / 2)}1]`,
    "one text": `{"ws_id":"${"x".repeat(bytes)}","executor":"human"}`,
    "a field that every object has": '{"constructor":{"prototype":{"a":1}},"ws_id":"a","executor":"human"}',
    "what an object is made of": '{"__proto__":{"ws_id":"a","executor":"human"}}',
  };
  test.each(Object.entries(cases))("%s", async (_, input) => {
    const { user, system } = process.cpuUsage();

    const { status, text } = await exchange(server.url, call(input));

    const spent = process.cpuUsage();
    expect(status, text.slice(0, 200)).toBeLessThan(500);
    expect(text).toMatch(/"isError":true|"error":/);
    expect(text.length).toBeLessThan(10_000);
    expect((spent.user + spent.system - user - system) / 1e6).toBeLessThan(3);
    expectNoInternals(text);
    expect(await server.sql("select 1 from ws_executions")).toEqual([]);
  });
});
