import { spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";

const server = await startTestServer({ clock: new Date().toISOString() }); // commands have clocks of their own
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wsm-run-test-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Buffer;
  /** A signal that `wsm` gets when the tool says that it is there. */
  readonly signal?: NodeJS.Signals;
}

/** Calls the built `wsm run` with a tool. */
async function run(words: readonly string[], { env = {}, input, signal }: Given = {}) {
  const child = spawn(process.execPath, [main, "run", "--ws", "WS-1", ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, WSM_URL: server.url, WSM_STATE_DIR: join(folder, "state"), ...env },
  });
  child.stdin.end(input);
  const out: Buffer[] = [];
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out.push(chunk);
    if (signal !== undefined && chunk.includes("ready")) child.kill(signal);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return await new Promise<{ code: number | null; signal: string | null; out: Buffer; err: string }>(
    (resolve) => {
      child.once("close", (code, by) => resolve({ code, signal: by, out: Buffer.concat(out), err }));
    },
  );
}

/** A tool: a program that this test writes. */
async function tool(name: string, program: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!${process.execPath}\n${program}\n`);
  await chmod(path, 0o755);
  return path;
}

const runs = () =>
  server.sql<{ status: string; executor: string; cost: number | null }>(
    "select status, executor, logged_cost_usd::float8 as cost from ws_executions",
  );

/** Has a tool export one call of a model, as Claude Code does. */
const exportCall = `
  const attributes = Object.entries({ "event.name": "api_request", "session.id": "s", request_id: "r", model: "claude-sonnet-4-5" })
    .map(([key, stringValue]) => ({ key, value: { stringValue } }));
  const [, id] = /ws_execution_id=([^,]+)/.exec(process.env.OTEL_RESOURCE_ATTRIBUTES);
  const body = JSON.stringify({ resourceLogs: [{
    resource: { attributes: [
      { key: "service.name", value: { stringValue: "claude-code" } },
      { key: "ws_execution_id", value: { stringValue: id } },
    ] },
    scopeLogs: [{ scope: { name: "com.anthropic.claude_code.events" }, logRecords: [{
      timeUnixNano: String(Date.now()) + "000000",
      body: { stringValue: "claude_code.api_request" },
      attributes: [...attributes, { key: "cost_usd_micros", value: { intValue: 18660 } }, { key: "input_tokens", value: { intValue: 1 } }],
    }] }],
  }] });
  const exported = await fetch(process.env.OTEL_EXPORTER_OTLP_ENDPOINT + "/v1/logs", { method: "POST", headers: { "content-type": "application/json" }, body });
  if (exported.status !== 200) throw new Error("exporting was answered " + exported.status);
`;

describe("the tool", () => {
  test.each([0, 42])("gives its exit status %i to wsm, and the run its status", async (code) => {
    const ended = await run(["--", await tool("tool", `process.exit(${code})`)]);

    expect(ended).toMatchObject({ code, signal: null });
    expect(await runs()).toMatchObject([{ status: code === 0 ? "COMPLETED" : "FAILED", executor: "tool" }]);
  });

  test("that dies by a signal makes wsm die by it, and the run a hard stop", async () => {
    const ended = await run(["--", await tool("tool", 'process.kill(process.pid, "SIGKILL")')]);

    expect(ended).toMatchObject({ code: null, signal: "SIGKILL" });
    expect(await runs()).toMatchObject([{ status: "HARD_STOP" }]);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("gets %s that is sent to wsm", async (signal) => {
    const patient = await tool(
      "tool",
      `process.on("${signal}", () => process.exit(7)); console.log("ready"); setInterval(() => {}, 1000);`,
    );

    const ended = await run(["--", patient], { signal });

    expect(ended).toMatchObject({ code: 7, signal: null });
  });

  test("has its standard input and output to itself, byte for byte", async () => {
    const input = Buffer.from([0, 255, 10, 13, 0x80]);

    const ended = await run(["--", await tool("tool", "process.stdin.pipe(process.stdout)")], { input });

    expect(ended.out).toEqual(input);
  });

  test("that knows nothing of pipes that do not block can read and write any amount", async () => {
    const input = Buffer.alloc(4 * 1024 * 1024, "wsm ");

    const ended = await run(["--", "/bin/cat"], { input });

    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.out.equals(input)).toBe(true);
  });

  test("gets every argument after -- as it is", async () => {
    const shows = await tool("tool", "console.log(JSON.stringify(process.argv.slice(2)))");

    const ended = await run(["--", shows, "--ws", "x", "--", "--json", ""]);

    expect(JSON.parse(ended.out.toString())).toEqual(["--ws", "x", "--", "--json", ""]);
  });

  test("that is not there is 127 and no run; one that cannot be run is 126", async () => {
    await writeFile(join(folder, "text"), "");

    const missing = await run(["--", "no-such-tool"]);
    const text = await run(["--", "./text"]);

    expect([missing.code, text.code]).toEqual([127, 126]);
    expect(await runs()).toEqual([]);
  });

  test("knows the run, and what is said of it from within stands", async () => {
    const blocks = await tool(
      "tool",
      `require("node:child_process").execFileSync(process.execPath, [${JSON.stringify(main)}, "status", "BLOCKED"])`,
    );

    const ended = await run(["--", blocks]);

    expect(ended.code).toBe(0);
    expect(await runs()).toMatchObject([{ status: "BLOCKED" }]);
  });

  test("is not run when something has to be put right first, unless failure is allowed", async () => {
    const says = await tool("tool", 'console.log("here")');
    const env = { WSM_URL: "ftp://x" };

    const refused = await run(["--", says], { env });
    const wrongId = await run(["--id", "7", "--", says]);

    expect(refused).toMatchObject({ code: 2, out: Buffer.alloc(0) });
    expect(wrongId).toMatchObject({ code: 2, out: Buffer.alloc(0) });
  });
});

describe("telemetry", () => {
  test("of any tool that honours OpenTelemetry is counted for the run, and shown at the end", async () => {
    const ended = await run(["--", await tool("tool.mjs", exportCall)]);

    expect(ended.code, ended.err).toBe(0);
    expect(await runs()).toMatchObject([{ status: "COMPLETED", cost: 0.01866 }]);
    expect(ended.err).toContain("$0.0187");
  });

  test("waits on disk while the server is away, and the tool never hears of it", async () => {
    const exporting = await tool("tool.mjs", exportCall);

    const ended = await run(["--", exporting], { env: { WSM_URL: "http://127.0.0.1:1" } });

    expect(ended.code, ended.err).toBe(0);
    expect(ended.err).toContain("3 wait on disk");
  });

  test("comes in only with the secret that the tool was told", async () => {
    const intrudes = await tool(
      "tool.mjs",
      `const { origin } = new URL(process.env.OTEL_EXPORTER_OTLP_ENDPOINT);
      const { status } = await fetch(origin + "/v1/logs", { method: "POST", body: "{}" });
      process.exit(status === 404 ? 0 : 1);`,
    );

    expect(await run(["--", intrudes])).toMatchObject({ code: 0 });
  });

  test("never needs the key in the tool's environment or arguments", async () => {
    const shows = await tool(
      "claude",
      "console.log(JSON.stringify([process.env.OTEL_EXPORTER_OTLP_HEADERS ?? null, process.argv]))",
    );

    const ended = await run(["--", shows], { env: { WSM_API_KEY: "wsm_secret" } });

    expect(ended.out.toString()).not.toContain("wsm_secret");
  });

  test("of Claude Code is set in settings that keep what the caller's own say", async () => {
    const shows = await tool(
      "claude",
      `const at = process.argv.indexOf("--settings");
      console.log(require("node:fs").readFileSync(process.argv[at + 1], "utf8"));
      console.log(JSON.stringify(process.argv.slice(at + 2)));`,
    );
    const own = { model: "opus", env: { MINE: "1", OTEL_LOGS_EXPORTER: "console" } };

    const ended = await run(["--", shows, "-p", "x", "--settings", JSON.stringify(own)]);

    const [settings = "", args = ""] = ended.out.toString().trim().split("\n");
    expect(JSON.parse(settings)).toMatchObject({
      model: "opus",
      env: { MINE: "1", OTEL_LOGS_EXPORTER: "otlp", CLAUDE_CODE_ENABLE_TELEMETRY: "1" },
    });
    expect(JSON.parse(args)).toEqual(["-p", "x"]);
    await expect(readFile(settings, "utf8")).rejects.toThrow();
  });
});

test("--json says at the end, in a line on standard error, what the run came to", async () => {
  const ended = await run(["--json", "--", await tool("tool.mjs", exportCall)]);

  const told: Record<string, unknown> = JSON.parse(ended.err.trim().split("\n").at(-1) ?? "");
  expect(told).toMatchObject({
    status: "COMPLETED",
    end: { code: 0 },
    cost: { totalUsd: 0.01866, callCount: 1 },
  });
});
