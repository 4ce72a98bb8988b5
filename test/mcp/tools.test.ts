import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterEach, describe, expect, test } from "vitest";
import { createKey } from "../../src/services/api-key.service.js";
import type { Role } from "../../src/vocabulary.js";
import { startTestServer } from "../support/server.js";
import { exchange } from "../wire/exchange.js";

const server = await startTestServer({ clock: new Date().toISOString() });
const run = "7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a11";
const started = { ws_id: "WS-1", wp_id: "WP-1", executor: "claude_code", execution_id: run };
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Told {
  readonly isError?: boolean | undefined;
  readonly structuredContent?: unknown;
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}

type Era = "legacy" | "auto";

/** A client of the protocol, and what calling a tool tells it. */
async function connected(
  transport: ConstructorParameters<typeof Client> extends never ? never : Parameters<Client["connect"]>[0],
  era: Era = "auto",
) {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: era } });
  await client.connect(transport);
  undo.push(() => client.close());
  const call = async (name: string, args: Record<string, unknown> = {}) => {
    const { isError, structuredContent, content } = (await client.callTool({
      name,
      arguments: args,
    })) as Told;
    return {
      isError: isError === true,
      value: structuredContent,
      text: content.map(({ text }) => text).join(""),
    };
  };
  return { client, call };
}

const overHttp = (era?: Era, key?: string) =>
  connected(
    new StreamableHTTPClientTransport(new URL("/mcp", server.url), {
      ...(key !== undefined && { requestInit: { headers: { authorization: `Bearer ${key}` } } }),
    }),
    era,
  );

/** `wsm mcp` as a tool starts it. */
async function overStdio(url: string, env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "wsm-mcp-"));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const state = join(folder, "state");
  return connected(
    new StdioClientTransport({
      command: process.execPath,
      args: [main, "mcp"],
      cwd: folder,
      env: { PATH: process.env.PATH ?? "", WSM_URL: url, WSM_STATE_DIR: state, ...env },
    }),
  );
}

const runOf = async () => (await server.get(`/ws-executions/${run}`)).body;

describe.each([
  { way: "over HTTP, as the protocol is now", open: () => overHttp("auto") },
  { way: "over HTTP, as the protocol was in 2025", open: () => overHttp("legacy") },
  { way: "over standard input and output", open: () => overStdio(server.url) },
])("a model reports $way", ({ open }) => {
  test("a run from its start to its end", async () => {
    const { call } = await open();

    const start = await call("start_work_statement", started);
    const begun = await call("report_phase", { execution_id: run, name: "implement" });
    const ended = await call("report_phase", {
      execution_id: run,
      name: "implement",
      result: "pass",
      files_modified: 3,
    });
    const fix = { description: "d", root_cause: "r", test_name: "t", fix_summary: "f", autonomous: true };
    await call("report_bug_fix", { execution_id: run, ...fix });
    const completed = await call("complete_work_statement", { execution_id: run, rework_cycles: 1 });
    const shown = await call("get_execution", { execution_id: run });

    expect(start.value).toEqual({ execution_id: run, outcome: "RECORDED", replayed: false });
    expect(begun.value).toMatchObject({ outcome: "RECORDED", is_open: true });
    expect(ended.value).toMatchObject({ outcome: "RECORDED", is_open: false });
    expect(completed.value).toMatchObject({ status: "COMPLETED", outcome: "RECORDED" });
    expect(JSON.parse(shown.text)).toEqual(shown.value);
    expect(shown.value).toMatchObject({
      ws_id: "WS-1",
      status: "COMPLETED",
      rework_cycles: 1,
      bug_fix_count: 1,
      phases: [{ name: "implement", result: "pass" }],
      cost: { total_usd: null, source: "NONE" },
    });
    expect(await runOf()).toMatchObject({
      wp_id: "WP-1",
      phase_metrics: { phases: [{ files_modified: 3 }] },
    });
  });

  test("the same again and changes nothing", async () => {
    const { call } = await open();
    await call("start_work_statement", started);

    const again = await call("start_work_statement", started);

    expect(again.value).toMatchObject({ outcome: "DUPLICATE", replayed: true });
  });

  test("figures of a window", async () => {
    const { call } = await open();
    await call("start_work_statement", started);
    server.clock.advance(60_000);

    const { value } = await call("get_metrics", { window: "24h" });

    expect(value).toMatchObject({
      window: "24h",
      total_runs: 1,
      success_rate: 0,
      average_duration_seconds: null,
    });
  });

  test("what is wrong, and is told what to do", async () => {
    const { call } = await open();

    const unknown = await call("complete_work_statement", { execution_id: run });
    await call("start_work_statement", started);
    const notOpen = await call("report_phase", { execution_id: run, name: "verify", result: "pass" });
    const other = await call("start_work_statement", { ...started, ws_id: "WS-2" });
    const wrong = await call("report_bug_fix", {
      ...{
        execution_id: run,
        id: "7",
        description: "\u0000",
        root_cause: "r",
        test_name: "t",
        fix_summary: "f",
      },
      autonomous: true,
    });

    expect(unknown).toMatchObject({ isError: true, text: expect.stringContaining("start_work_statement") });
    expect(notOpen).toMatchObject({ isError: true, text: expect.stringContaining("without result") });
    expect(other).toMatchObject({ isError: true, text: expect.stringContaining("get_execution") });
    expect(wrong).toMatchObject({ isError: true, text: expect.stringContaining("NUL") });
  });

  test("a field that no tool knows, or a word that is none, and is told so", async () => {
    const { call } = await open();

    const field = await call("start_work_statement", { ...started, llm_tokens_in: 5 });
    const word = await call("report_phase", { execution_id: run, name: "cooking" });

    expect(field).toMatchObject({ isError: true, text: expect.stringContaining("llm_tokens_in") });
    expect(word).toMatchObject({ isError: true, text: expect.stringContaining("failing_tests") });
  });
});

test("every tool says what it does to the world, in few words, and none takes tokens", async () => {
  const { client } = await overHttp();

  const { tools } = await client.listTools();

  expect(tools.map(({ name }) => name)).toEqual([
    ...["start_work_statement", "report_phase", "complete_work_statement", "report_bug_fix"],
    ...["get_execution", "get_metrics"],
  ]);
  for (const { annotations, description = "", inputSchema, outputSchema } of tools) {
    expect(Object.keys(annotations ?? {})).toEqual(
      expect.arrayContaining(["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"]),
    );
    expect(description.length).toBeLessThan(160);
    expect(JSON.stringify(inputSchema)).not.toMatch(/token|cost|anyOf|oneOf|allOf/);
    expect(outputSchema).toBeDefined();
  }
  expect(client.getInstructions()?.length).toBeLessThan(2_048);
});

describe("who may use a tool", () => {
  async function keyFor(role: Role): Promise<string> {
    const wish = { name: role, role };
    const { key } = await createKey(server.database.store.database, wish, server.clock.now());
    server.clock.advance(60_000);
    return key;
  }

  test("is said by the role of the key", async () => {
    const reader = await overHttp("auto", await keyFor("read"));
    const reporter = await overHttp("auto", await keyFor("ingest"));

    const refused = [await reader.call("start_work_statement", started), await reporter.call("get_metrics")];
    const allowed = [
      await reporter.call("start_work_statement", started),
      await reporter.call("get_execution", { execution_id: run }),
      await reader.call("get_metrics"),
    ];

    expect(refused.map(({ isError, text }) => isError && text.startsWith("FORBIDDEN"))).toEqual([true, true]);
    expect(allowed.map(({ isError }) => isError)).toEqual([false, false, false]);
  });

  test("is nobody without a key, once there is one", async () => {
    await keyFor("admin");

    await expect(overHttp()).rejects.toThrow(/401/);
  });

  test("is nobody who comes from another origin, or by another name", async () => {
    const body = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
    const post = (more: Record<string, string>) =>
      exchange(server.url, {
        method: "POST",
        path: "/mcp",
        headers: { ...headers, ...more },
        body: JSON.stringify(body),
      });

    const foreign = await Promise.all([
      post({ origin: "https://evil.example" }),
      post({ host: "evil.example" }),
    ]);

    expect(foreign.map(({ status }) => status)).toEqual([403, 403]);
  });
});

describe("what is no request of the protocol", () => {
  const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  const cases = [
    { what: "no JSON", headers, body: "{", status: 400 },
    { what: "another type", headers: { ...headers, "content-type": "text/plain" }, body: "{}", status: 415 },
    { what: "too large a body", headers, body: JSON.stringify({ x: "x".repeat(5_000_000) }), status: 413 },
    { what: "JSON of something else", headers, body: '{"a":1}', status: 400 },
    { what: "a number", headers, body: "7", status: 400 },
  ];

  test.each(cases)("$what, is refused", async ({ headers: sent, body, status }) => {
    const answer = await exchange(server.url, { method: "POST", path: "/mcp", headers: sent, body });

    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/at .*\.(ts|js|mjs):/);
  });

  test.each(["GET", "DELETE", "PUT"])("%s, is refused", async (method) => {
    const answer = await exchange(server.url, { method, path: "/mcp" });

    expect(answer).toMatchObject({ status: 405, headers: { allow: "POST" } });
  });
});

describe("wsm mcp", () => {
  test("keeps what is reported while the server is away, and knows the run", async () => {
    const { call } = await overStdio("http://127.0.0.1:1");

    const start = await call("start_work_statement", { ws_id: "WS-1", executor: "codex" });
    const begun = await call("report_phase", { name: "implement" });
    const ended = await call("report_phase", { name: "implement", result: "pass" });
    const completed = await call("complete_work_statement");

    for (const { value } of [start, begun, ended, completed])
      expect(value).toMatchObject({ outcome: "SPOOLED" });
    expect(begun.value).toMatchObject({ is_open: true });
  });

  test("binds the session it is started in", async () => {
    const { call } = await overStdio(server.url, { CLAUDE_CODE_SESSION_ID: "session-1" });

    await call("start_work_statement", started);

    const bound = await server.sql("select executor_session_id from ws_execution_sessions");
    expect(bound).toEqual([{ executor_session_id: "session-1" }]);
  });
});
