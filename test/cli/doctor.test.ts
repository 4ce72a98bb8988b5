import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createKey } from "../../src/services/api-key.service.js";
import { startTestServer } from "../support/server.js";
import { type Desk, openDesk } from "../support/wsm.js";

const server = await startTestServer({ clock: new Date().toISOString() });
const noTools = { PATH: "" };

interface Finding {
  readonly check: string;
  readonly verdict: string;
  readonly says: string;
}

/** What the doctor finds, by check. */
async function findings(url: string, env: Record<string, string> = {}) {
  const desk = await openDesk(url);
  const { status, out } = await desk.wsm(["doctor", "--json"], { ...noTools, ...env });
  const found: readonly Finding[] = JSON.parse(out).findings;
  const of = (check: string) => found.find((finding) => finding.check === check);
  return { status, found, of };
}

describe("wsm doctor", () => {
  test("finds nothing wrong where nothing is, and writes nothing", async () => {
    const { status, found } = await findings(server.url);

    expect(status).toBe(0);
    expect(found.filter(({ verdict }) => verdict === "wrong")).toEqual([]);
    expect(found.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        "environment",
        "server",
        "ready",
        "clock",
        "reporting",
        "asking",
        "telemetry",
        "disk",
        "waiting",
      ]),
    );
    const counts = await server.sql(
      "select (select count(*) from ws_executions) + (select count(*) from llm_calls) as rows",
    );
    expect(Number(counts[0]?.rows)).toBe(0);
  });

  test("says it in words, a line for each", async () => {
    const desk = await openDesk(server.url);

    const { out } = await desk.wsm(["doctor"], noTools);

    expect(out).toMatch(/^✓ server +http:\/\/127\.0\.0\.1:\d+ is ws-metrics$/m);
  });

  test("says what is wrong with the environment", async () => {
    const { status, of } = await findings("ftp://x");

    expect(status).toBe(2);
    expect(of("environment")).toMatchObject({ verdict: "wrong", says: expect.stringContaining("WSM_URL") });
  });

  test("says that nobody listens", async () => {
    const { status, of } = await findings("http://127.0.0.1:1");

    expect(status).toBe(2);
    expect(of("server")).toMatchObject({ verdict: "wrong", says: expect.stringContaining("npm start") });
  });

  test("says that somebody else listens", async () => {
    const other = createServer((_request, response) => response.end("<html>")).listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo; // it listens on a port

    const { of } = await findings(`http://127.0.0.1:${port}`);
    other.close();

    expect(of("server")).toMatchObject({
      verdict: "wrong",
      says: expect.stringContaining("not as ws-metrics does"),
    });
  });

  test("says what a key is good for", async () => {
    const wish = { name: "reporter", role: "ingest" as const };
    const { key } = await createKey(server.database.store.database, wish, server.clock.now());
    server.clock.advance(60_000);

    const without = await findings(server.url);
    const unknown = await findings(server.url, { WSM_API_KEY: `wsm_${"x".repeat(43)}` });
    const reporter = await findings(server.url, { WSM_API_KEY: key });

    expect(without.of("reporting")).toMatchObject({
      verdict: "wrong",
      says: expect.stringContaining("WSM_API_KEY"),
    });
    expect(unknown.of("reporting")).toMatchObject({
      verdict: "wrong",
      says: expect.stringContaining("does not know this key"),
    });
    expect(reporter.of("reporting")).toMatchObject({ verdict: "fine" });
    expect(reporter.of("asking")).toMatchObject({ verdict: "warning" });
    expect(reporter.status).toBe(0);
  });

  test("says that a clock is off", async () => {
    const desk = await openDesk(server.url, () => new Date(Date.now() + 60_000));

    const { out } = await desk.wsm(["doctor"], noTools);

    expect(out).toMatch(/^! clock +this clock is (59|60|61) s ahead of/m);
  });

  test("says what waits, and what was refused and why", async () => {
    const desk = await openDesk(server.url);
    const { out: started } = await desk.wsm(["start", "--ws", "WS-1", "--executor", "human", "--json"]);
    const { executionId } = JSON.parse(started) as { executionId: string };
    await desk.wsm(["complete"]);
    const again = ["complete", "--status", "failed", "--execution", executionId];
    await desk.wsm(again, { WSM_OFFLINE: "1" });
    await desk.wsm(["sync"]);
    await desk.wsm(["complete", "--execution", "00000000-0000-4000-8000-000000000000"], { WSM_OFFLINE: "1" });

    const { status, out } = await desk.wsm(["doctor"], noTools);

    expect(out).toMatch(/^! waiting +1 wait since/m);
    expect(out).toMatch(/^✗ refused .*COMPLETED.*: see /m);
    expect(status).toBe(2);
  });

  test("says where nothing can be kept", async () => {
    const desk = await openDesk(server.url);
    await writeFile(join(desk.folder, "file"), "");

    const { status, out } = await desk.wsm(["doctor"], {
      ...noTools,
      WSM_STATE_DIR: join(desk.folder, "file", "x"),
    });

    expect(status).toBe(2);
    expect(out).toMatch(/^✗ disk .*WSM_STATE_DIR/m);
  });
});

/** Puts a file into the home folder of a desk. */
async function put({ folder }: Desk, path: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

/** A desk on which a tool of this name answers its version, and nothing else. */
async function deskWith(tool: string, url = server.url) {
  const desk = await openDesk(url);
  await put(desk, join("bin", tool), "#!/bin/sh\necho 1.2.3\n");
  await chmod(join(desk.folder, "bin", tool), 0o755);
  const doctor = async (env: Record<string, string> = {}) =>
    (await desk.wsm(["doctor"], { PATH: join(desk.folder, "bin"), ...env })).out;
  return { desk, doctor };
}

describe("wsm doctor, of tools", () => {
  test("says where settings cannot be read, which tools pass over without a word", async () => {
    const { desk, doctor } = await deskWith("claude");
    await put(desk, ".claude/settings.json", '{\n  "env": {');

    expect(await doctor()).toMatch(/^✗ claude .*settings\.json is no JSON .*line 2/m);
  });

  test("tells a tool that reports by itself from one that is switched off half way", async () => {
    const { desk, doctor } = await deskWith("claude");
    await desk.wsm(["setup", "claude-code", "--yes"]);
    const on = await doctor();
    await put(
      desk,
      ".claude/settings.json",
      `{"env": {"CLAUDE_CODE_ENABLE_TELEMETRY": "1", "OTEL_EXPORTER_OTLP_ENDPOINT": "${server.url}"}}`,
    );

    expect(on).toMatch(/^✓ claude +1\.2\.3; reports to /m);
    expect(await doctor()).toMatch(/^✓ claude .*reports under `wsm run`/m);
  });

  test.each([
    {
      tool: "claude",
      setup: "claude-code",
      text: '{"env": {"OTEL_RESOURCE_ATTRIBUTES": "ws_execution_id=x"}}',
      file: ".claude/settings.local.json",
      name: "OTEL_RESOURCE_ATTRIBUTES",
    },
    {
      tool: "claude",
      setup: "claude-code",
      text: '{"env": {"OTEL_LOGS_EXPORTER": "console"}}',
      file: ".claude/settings.local.json",
      name: "OTEL_LOGS_EXPORTER",
    },
    {
      tool: "gemini",
      setup: "gemini",
      text: '{"telemetry": {"logPrompts": true}}',
      file: "work/.gemini/settings.json",
      name: "telemetry.logPrompts",
    },
  ])("names $name of $file, which wins over the user's own", async ({ tool, setup, text, file, name }) => {
    const { desk, doctor } = await deskWith(tool);
    await desk.wsm(["setup", setup, "--yes"]);
    const before = await doctor();
    await put(desk, file, text);

    const { out } = await desk.wsm(
      ["doctor"],
      { PATH: join(desk.folder, "bin") },
      { at: join(desk.folder, dirname(dirname(file))) },
    );

    expect(before).not.toMatch(new RegExp(`^! ${tool}`, "m"));
    expect(out).toMatch(new RegExp(`^! ${tool} +${name.replace(".", "\\.")} in `, "m"));
  });

  test("runs the helper of Claude Code and sends a record with what it gives", async () => {
    const wish = { name: "helper", role: "ingest" as const };
    const { key } = await createKey(server.database.store.database, wish, server.clock.now());
    server.clock.advance(60_000);
    const { desk, doctor } = await deskWith("claude");
    await desk.wsm(["setup", "claude-code", "--yes"]);
    const set = { WSM_API_KEY: key };
    const settings = (helper: string) =>
      put(
        desk,
        ".claude/settings.json",
        JSON.stringify({
          env: {
            CLAUDE_CODE_ENABLE_TELEMETRY: "1",
            OTEL_LOGS_EXPORTER: "otlp",
            OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
          },
          otelHeadersHelper: helper,
        }),
      );

    const none = await doctor(set);
    await settings(`echo '{"Authorization":"Bearer ${key}"}'`);
    const good = await doctor(set);
    await settings(`echo '{"Authorization":"Bearer wsm_${"x".repeat(43)}"}'`);
    const other = await doctor(set);
    const unknown = await doctor();
    await settings("echo '{}'");
    const empty = await doctor(set);
    await settings("exit 3");
    const failing = await doctor(set);

    expect(none).toMatch(/^✗ helper +Claude Code is given no key/m);
    expect(good).toMatch(/^✓ helper +it gives Claude Code a key, with which a record was taken/m);
    expect(other).toMatch(/^! helper +it gives Claude Code another key/m);
    expect(unknown).not.toMatch(/^✓ helper/m);
    expect(empty).toMatch(/^✗ helper +it gives Claude Code no key/m);
    expect(failing).toMatch(/^✗ helper +it fails/m);
    expect(good + other).not.toContain(key);
  });
});
