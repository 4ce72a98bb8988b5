import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { startProcess } from "../support/process.js";
import { openTcpProxy } from "../support/tcp-proxy.js";
import { exchange, type Received } from "./exchange.js";
import { askThrough } from "./questions.js";
import { type Door, expectRefused } from "./refusal.js";
import { reportThrough } from "./reports.js";

const unavailable = { code: "UNAVAILABLE" } as const;
const doors: readonly Door[] = ["rest", "graphql"];

async function startBehindProxy() {
  const database = await openTestDatabase();
  const url = database.url ?? "";
  const proxy = await openTcpProxy(url);
  const server = await startProcess({
    DATABASE_URL: proxy.urlThrough(url),
    LOG_LEVEL: "error",
    REQUEST_TIMEOUT_MS: "1000",
    CONNECT_TIMEOUT_MS: "1000",
  });
  const stop = async () => {
    await server.kill();
    await proxy.close();
    await database.close();
  };
  return { database, proxy, server, stop };
}

describe.runIf(onPostgres)("while the database is away", async () => {
  const { database, proxy, server, stop } = onPostgres ? await startBehindProxy() : ({} as never);
  afterAll(() => stop());
  afterEach(async () => {
    await proxy.cut();
    await proxy.mend();
    await vi.waitFor(async () => expect((await server.fetch("/readyz")).status).toBe(200), {
      timeout: 10_000,
    });
  });

  const report = (door: Door) => exchange(server.url, reportThrough(door, "start", "", {}));
  const question = (door: Door) => exchange(server.url, askThrough(door, "scoreboard", {}));
  const health = (path: string) => exchange(server.url, { path });

  async function expectAway(answers: readonly (readonly [Door, Promise<Received>])[]): Promise<void> {
    for (const [door, answer] of answers) expectRefused(door, await answer, unavailable);
  }

  test("reports and questions are answered UNAVAILABLE, and the server recovers by itself", async () => {
    await Promise.all(Array.from({ length: 5 }, () => report("rest")));
    await database.reset();

    await proxy.cut();
    await expectAway(
      doors.flatMap((door) => [[door, report(door)] as const, [door, question(door)] as const]),
    );
    expectRefused("rest", await health("/readyz"), unavailable);
    expect(await health("/healthz")).toMatchObject({ status: 200 });

    await proxy.mend();
    await vi.waitFor(async () => expect((await report("rest")).status).toBe(201), { timeout: 10_000 });
    await vi.waitFor(async () => expect((await question("graphql")).status).toBe(200));
    expect(await health("/readyz")).toMatchObject({ status: 200 });
    expect(await database.sql("select count(*) as runs from ws_executions")).toEqual([{ runs: 1 }]);
  });

  test("a database that keeps connections but never answers is UNAVAILABLE at the deadline", async () => {
    await report("rest");
    proxy.stall();

    await expectAway(
      doors.flatMap((door) => [[door, report(door)] as const, [door, question(door)] as const]),
    );
    expectRefused("rest", await health("/readyz"), unavailable);
    expect(await health("/healthz")).toMatchObject({ status: 200 });
  });

  test("a request that is cut off in the middle stores nothing, or all of it", async () => {
    await database.reset();
    await database.sql("begin");
    await database.sql("lock table ws_executions in exclusive mode");
    const waiting = report("rest");
    await vi.waitFor(async () => {
      const locks = await database.sql("select 1 from pg_locks where not granted");
      expect(locks).toHaveLength(1);
    });

    await proxy.cut();
    expectRefused("rest", await waiting, unavailable);
    await database.sql("rollback");

    expect(await database.sql("select id from ws_executions")).toEqual([]);
  });

  test("the log says why, and the client does not", async () => {
    await proxy.cut();
    await exchange(server.url, {
      ...askThrough("rest", "scoreboard", {}),
      headers: { "x-request-id": "why" },
    });

    await vi.waitFor(() => {
      const lines = server.output().split("\n");
      expect(lines.find((text) => text.includes('"reqId":"why"'))).toMatch(/ECONN|CONNECT/);
    });
  });
});
