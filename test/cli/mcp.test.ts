import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterEach, describe, expect, test } from "vitest";
import { type Era, eras, type Model, modelWith } from "../mcp/model.js";
import { hour } from "../support/clock.js";
import { startTestServer } from "../support/server.js";
import { openTcpProxy } from "../support/tcp-proxy.js";
import { openDesk } from "../support/wsm.js";

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
// `wsm` has the machine's clock; the windows of the server end after what it reports.
const server = await startTestServer({ clock: new Date(Date.now() + hour).toISOString() });
const run = { ws_id: "WS-1", executor: "claude_code" };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

interface Options {
  readonly url?: string;
  readonly era?: Era;
  readonly env?: Readonly<Record<string, string>>;
}

/** A desk at which `wsm mcp` serves a model, as executors start it; all of it is gone after the test. */
async function openModel({ url = server.url, era = "2026", env = {} }: Options = {}) {
  const desk = await openDesk(url);
  await mkdir(join(desk.folder, ".git"));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, "mcp"],
    cwd: desk.folder,
    env: { HOME: desk.folder, WSM_URL: url, WSM_STATE_DIR: desk.state, ...env },
    stderr: "pipe",
  });
  const words = transport.stderr ?? new PassThrough();
  let said = "";
  words.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  const client = new Client(
    { name: "a test", version: "1" },
    { versionNegotiation: { mode: era === "2026" ? { pin: "2026-07-28" } : "legacy" } },
  );
  opened.push(client);
  await client.connect(transport);
  return { ...modelWith(client), desk, said: () => said };
}

async function runOf(model: Model, execution_id: unknown) {
  return await model.data("get_execution", { execution_id });
}

describe.each(eras)("a client of %s over stdio", (era) => {
  test("reports a run without an id being passed around, and sees it", async () => {
    const model = await openModel({ era });

    const { execution_id } = await model.data("start_work_statement", run);
    const begun = await model.data("report_phase", { name: "verify" });
    const ended = await model.data("report_phase", { name: "verify", result: "pass" });
    const repeated = await model.data("report_phase", {
      name: "verify",
      result: "pass",
      event_id: begun.event_id,
    });
    await model.data("report_bug_fix", {
      description: "a",
      root_cause: "b",
      test_name: "c",
      fix_summary: "d",
      autonomous: true,
    });
    const shown = await model.data("get_execution");
    const completed = await model.data("complete_work_statement", { test_metrics: { passing: 2 } });
    const metrics = await model.data("get_metrics", { window: "all" });

    expect(ended).toMatchObject({ execution_id, event_id: begun.event_id, outcome: "RECORDED" });
    expect(repeated).toEqual({ ...ended, outcome: "DUPLICATE", replayed: true });
    expect(shown).toMatchObject({
      execution_id,
      status: "STARTED",
      phases: [{ name: "verify", result: "pass" }],
      bug_fixes: [{ description: "a" }],
    });
    expect(completed).toEqual({ execution_id, outcome: "RECORDED", replayed: false });
    expect(await runOf(model, execution_id)).toMatchObject({
      status: "COMPLETED",
      test_metrics: { passing: 2 },
    });
    expect(metrics).toMatchObject({ total_runs: 1, success_rate: 1, by_model: [] });
  });
});

test("a start binds the session of the executor around it, and the commands find its run", async () => {
  const model = await openModel({ env: { CLAUDE_CODE_SESSION_ID: "session-1" } });

  const { execution_id } = await model.data("start_work_statement", run);
  const phase = await model.data("report_phase", { name: "implement" });
  const ended = await model.desk.json(["phase", "end", "--result", "pass"]);

  expect(await server.sql("select executor_session_id from ws_execution_sessions")).toEqual([
    { executor_session_id: "session-1" },
  ]);
  expect(ended).toMatchObject({ executionId: execution_id, eventId: phase.event_id, outcome: "RECORDED" });
});

test("a run that a command started is the one that the tools are about", async () => {
  const model = await openModel();
  const { executionId } = await model.desk.json(["start", "--ws", "WS-1", "--executor", "claude_code"]);

  const again = await model.data("start_work_statement", run);
  const phase = await model.data("report_phase", { name: "implement" });

  expect(again).toMatchObject({ execution_id: executionId, replayed: true });
  expect(again.note).toContain("goes on");
  expect(phase.execution_id).toBe(executionId);
});

test("a run that WS_EXECUTION_ID names is started once, by whatever name its executor calls itself", async () => {
  const { folder, state, json } = await openDesk(server.url);
  const { executionId } = await json(["start", "--ws", "WS-1", "--executor", "claude_code"]);
  const env = { WS_EXECUTION_ID: String(executionId), WSM_STATE_DIR: state };
  const model = await openModel({ env });

  const again = await model.data("start_work_statement", { ...run, executor: "claude" });
  const other = await model.call("start_work_statement", { ...run, ws_id: "WS-2" });

  expect(folder).not.toBe(model.desk.folder);
  expect(again).toMatchObject({ execution_id: executionId, replayed: true });
  expect(other.text).toMatch(/^CONFLICT: .*Call get_execution/s);
});

test("while the server is away, reports wait and say so, questions tell to come later, and all is delivered", async () => {
  const proxy = await openTcpProxy(server.url);
  opened.push(proxy);
  const model = await openModel({ url: proxy.urlThrough(server.url).replace(/\/$/, "") });
  await proxy.cut();

  const started = await model.data("start_work_statement", run);
  const phase = await model.data("report_phase", { name: "verify" });
  const ended = await model.data("report_phase", { name: "verify", result: "fail" });
  const wrong = await model.call("report_phase", { name: "coding" });
  const asked = await model.call("get_metrics");
  await proxy.mend();
  const synced = await model.desk.wsm(["sync"]);

  expect(started).toMatchObject({ outcome: "SPOOLED", replayed: false });
  expect(started.note).toContain("waits on disk");
  expect(ended).toMatchObject({ outcome: "SPOOLED", event_id: phase.event_id });
  expect(wrong.text).toMatch(/^BAD_USER_INPUT: name: must be one of failing_tests/);
  expect(asked.error.code).toBe("UNAVAILABLE");
  expect(asked.text).toContain("again with the same arguments, later");
  expect(model.said()).toContain("kept on disk");
  expect(synced.out).toBe("3 delivered, 0 refused, 0 waiting\n");
  expect(await runOf(model, started.execution_id)).toMatchObject({
    phases: [{ name: "verify", result: "fail" }],
  });
});

test("what was under way when the executor ended is recorded all the same", async () => {
  const { folder, state } = await openDesk(server.url);
  const env = { HOME: folder, WSM_URL: server.url, WSM_STATE_DIR: state };
  const wsm = spawn(process.execPath, [program, "mcp"], { cwd: folder, env, stdio: "pipe" });
  const initialize = {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "a", version: "1" },
  };
  const call = { name: "start_work_statement", arguments: run };
  const messages = [
    { jsonrpc: "2.0", id: 0, method: "initialize", params: initialize },
    { jsonrpc: "2.0", id: 1, method: "tools/call", params: call },
  ];

  wsm.stdin.end(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  wsm.stdout.resume();
  const [status] = await once(wsm, "close");

  expect(status).toBe(0);
  expect(await server.sql("select ws_id, status from ws_executions")).toEqual([
    { ws_id: "WS-1", status: "STARTED" },
  ]);
});

test("what is wrong is told in the words of the server, before it is sent", async () => {
  const model = await openModel();

  const nothing = await model.call("complete_work_statement");
  const started = await model.call("start_work_statement", { executor: "", scope_id: 5 });
  const metrics = await model.call("get_metrics", { window: "1y" });
  const nobody = await model.call("get_execution", { execution_id: "3f0c0d2e-0000-4000-8000-000000000001" });
  await model.data("start_work_statement", run);
  const ended = await model.call("complete_work_statement", { test_metrics: { wrote: 1 }, llm_calls: 3 });
  const shouted = await model.call("report_phase", { name: "VERIFY", result: "PASS" });
  const nested = await model.call("complete_work_statement", { test_metrics: { wrote: 1 } });

  expect(nothing.text).toMatch(/^NOT_FOUND: No execution is known here\. Call start_work_statement first/);
  expect(started.error.errors.map(({ path }) => path).sort()).toEqual(["executor", "scope_id", "ws_id"]);
  expect(metrics.text).toMatch(/^BAD_USER_INPUT: window: must be one of 24h, 7d/);
  expect(nobody.text).toMatch(/^NOT_FOUND: .*Call start_work_statement first/);
  expect(ended.error.errors.map(({ path }) => path)).toEqual(["llm_calls"]);
  expect(shouted.error.errors.map(({ path }) => path)).toEqual(["name", "result"]);
  expect(nested.error.errors.map(({ path }) => path)).toEqual(["test_metrics.wrote"]);
});

test("a wrong environment ends it at once, with the fix", async () => {
  const { wsm } = await openDesk(server.url);

  const ended = await wsm(["mcp"], { WS_EXECUTION_ID: "42", WSM_URL: server.url });

  expect(ended).toMatchObject({ status: 2, out: "" });
  expect(ended.err).toContain("WS_EXECUTION_ID must be a UUID");
});
