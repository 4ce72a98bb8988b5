import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { openTcpProxy } from "../support/tcp-proxy.js";
import { openDesk } from "../support/wsm.js";

const server = await startTestServer();
const human = ["--executor", "human"];

/** A desk whose way to the server can be cut and mended. */
async function openDeskBehindProxy() {
  const proxy = await openTcpProxy(server.url);
  const desk = await openDesk(proxy.urlThrough(server.url).replace(/\/$/, ""), server.clock.now);
  return { ...desk, ...proxy };
}

const executions = () => server.sql("select ws_id, status from ws_executions");

describe("while the server is away", () => {
  test("a run is reported all the same, and is there when it returns", async () => {
    const { wsm, cut, mend, close } = await openDeskBehindProxy();
    await cut();

    const started = await wsm(["start", "--ws", "WS-1", ...human]);
    const phase = await wsm(["phase", "start", "implement"]);
    await wsm(["phase", "end", "--result", "pass"]);
    const completed = await wsm(["complete"]);
    await mend();
    const synced = await wsm(["sync"]);
    await close();

    expect(started.status).toBe(0);
    expect(started.err.trim().split("\n")).toHaveLength(1);
    expect(started.err).toContain("kept on disk");
    expect(phase.out).toMatch(/^[\da-f-]{36}\n$/);
    expect(completed).toMatchObject({ status: 0, out: "SPOOLED\n" });
    expect(synced).toEqual({ status: 0, out: "4 delivered, 0 refused, 0 waiting\n", err: "" });
    const answer = await server.get<{ phase_metrics: object }>(`/ws-executions/${started.out.trim()}`);
    expect(answer.body).toMatchObject({
      status: "COMPLETED",
      phase_metrics: { phases: [{ result: "pass" }] },
    });
  });

  test("the next command delivers what waits before its own, in order", async () => {
    const { wsm, cut, mend, close } = await openDeskBehindProxy();
    await cut();
    await wsm(["start", "--ws", "WS-1", ...human]);
    await mend();

    const completed = await wsm(["complete"]);
    await close();

    expect(completed).toEqual({ status: 0, out: "RECORDED\n", err: "" });
    expect(await executions()).toMatchObject([{ status: "COMPLETED" }]);
  });

  test("--strict ends with 3, and WSM_ALLOW_FAILURE with 0 again", async () => {
    const { wsm, cut } = await openDeskBehindProxy();
    await cut();

    const strict = await wsm(["start", "--ws", "WS-1", ...human, "--strict"]);
    const allowed = await wsm(["complete", "--strict"], { WSM_ALLOW_FAILURE: "1" });
    const synced = await wsm(["sync", "--strict"]);

    expect(strict).toMatchObject({ status: 3 });
    expect(allowed).toMatchObject({ status: 0 });
    expect(synced).toMatchObject({ status: 3, out: "0 delivered, 0 refused, 2 waiting\n" });
  });

  test("a server that does not answer is waited for no longer than WSM_TIMEOUT_MS", async () => {
    const { wsm, stall, close } = await openDeskBehindProxy();
    stall();

    const ended = await wsm(["start", "--ws", "WS-1", ...human], { WSM_TIMEOUT_MS: "50" });
    await close();

    expect(ended.status).toBe(0);
    expect(ended.err).toContain("did not answer within 50 ms");
  });

  test("a server that is silent is waited for once, and asked again by sync", async () => {
    const { wsm, stall, cut, mend, close } = await openDeskBehindProxy();
    stall();
    await wsm(["start", "--ws", "WS-1", ...human], { WSM_TIMEOUT_MS: "50" });

    const begunAtMs = performance.now();
    const second = await wsm(["phase", "start", "implement"], { WSM_TIMEOUT_MS: "20000" });
    const tookMs = performance.now() - begunAtMs;
    await cut();
    await mend();
    const synced = await wsm(["sync"]);
    const third = await wsm(["complete"]);
    await close();

    expect(second).toMatchObject({ status: 0, err: expect.stringContaining("kept on disk") });
    expect(tookMs).toBeLessThan(20_000);
    expect(synced.out).toBe("2 delivered, 0 refused, 0 waiting\n");
    expect(third).toMatchObject({ status: 0, out: "RECORDED\n" });
  });

  test("WSM_OFFLINE sends nothing though it is there", async () => {
    const { wsm } = await openDesk(server.url, server.clock.now);

    const offline = await wsm(["start", "--ws", "WS-1", ...human], { WSM_OFFLINE: "1" });
    const before = await executions();
    await wsm(["sync"]);

    expect(offline.err).toContain("WSM_OFFLINE");
    expect(before).toEqual([]);
    expect(await executions()).toHaveLength(1);
  });

  test("what waits is for its owner to read only", async () => {
    const { wsm, state } = await openDesk("http://127.0.0.1:1");

    await wsm(["start", "--ws", "WS-1", ...human]);

    const [folder = ""] = await readdir(join(state, "spool"));
    const files = await readdir(join(state, "spool", folder));
    const modes = await Promise.all(
      files.map(async (file) => (await stat(join(state, "spool", folder, file))).mode & 0o077),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(new Set(modes)).toEqual(new Set([0]));
  });
});

describe("what cannot be kept", () => {
  test("because the spool is full is told, and the way out", async () => {
    const { wsm } = await openDesk("http://127.0.0.1:1");

    const full = await wsm(["start", "--ws", "WS-1", ...human], { WSM_SPOOL_MAX_BYTES: "10" });

    expect(full.status).toBe(3);
    expect(full.err).toContain("is full (10 bytes)");
    expect(full.err).toContain("wsm sync");
  });

  test("because its folder cannot be made is told, and the way out", async () => {
    const { wsm, folder } = await openDesk("http://127.0.0.1:1");
    await writeFile(join(folder, "file"), "");

    const ended = await wsm(["start", "--ws", "WS-1", ...human], {
      WSM_STATE_DIR: join(folder, "file", "state"),
    });

    expect(ended.status).toBe(3);
    expect(ended.err).toContain("WSM_STATE_DIR");
  });

  test("in a work tree that cannot be written is reported all the same", async () => {
    const { wsm, folder } = await openDesk(server.url, server.clock.now);
    await writeFile(join(folder, ".wsm"), "a file, where a folder would be");

    const ended = await wsm(["start", "--ws", "WS-1", ...human]);

    expect(ended.status).toBe(0);
    expect(ended.err).toContain("--execution");
    expect(await executions()).toHaveLength(1);
  });
});

test("events for another server wait for it, and sync says so", async () => {
  const { wsm } = await openDesk(server.url, server.clock.now);
  await wsm(["start", "--ws", "WS-1", ...human], { WSM_URL: "http://127.0.0.1:1" });

  const synced = await wsm(["sync"]);

  expect(synced).toMatchObject({ status: 0, out: "0 delivered, 0 refused, 0 waiting\n" });
  expect(synced.err).toContain("1 wait for http://127.0.0.1:1");
});
