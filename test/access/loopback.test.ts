import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createKey } from "../../src/services/api-key.service.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { startProcess } from "../support/process.js";
import { startTestServer } from "../support/server.js";
import { exchange, restGet } from "../wire/exchange.js";

const scoreboard = restGet("/scoreboard");

describe("a server without keys", async () => {
  const server = await startTestServer();
  const statusOf = async (headers: Record<string, string>, path = scoreboard.path) =>
    (await exchange(server.url, { path, headers })).status;

  test.each(["localhost", "LocalHost:4000", "127.0.0.1:4000", "[::1]:4000", "localhost:1"])(
    "answers what is sent to %s",
    async (host) => {
      expect(await statusOf({ host })).toBe(200);
    },
  );

  test.each([
    ...["evil.example", "localhost:4000.evil.example", "localhost.evil.example", "127.0.0.1.nip.io"],
    ...[
      "evil.example@localhost",
      "localhost@evil.example",
      "localhost/evil",
      "localhost#evil",
      "localhost?evil",
    ],
    ...["localhost.", "localhost,evil.example", "[::1].evil.example", "0.0.0.0", "localhost:", "::1"],
  ])("refuses what is sent to another name, such as %j", async (host) => {
    expect(await statusOf({ host })).toBe(403);
  });

  test.each([
    [`http://localhost:4000${scoreboard.path}`, "localhost", 200],
    [`http://evil.example${scoreboard.path}`, "localhost", 403],
    [`http://localhost${scoreboard.path}`, "evil.example", 403],
    [`HTTPS://localhost@evil.example${scoreboard.path}`, "localhost", 403],
  ])("judges a whole URL in the request line as well: %s to %s", async (path, host, status) => {
    expect(await statusOf({ host }, path)).toBe(status);
  });

  test.each([
    ...["null", "http://evil.example", "https://localhost.evil.example", "http://127.0.0.1@evil.example", ""],
    ...["file://", "ftp://localhost", "chrome-extension://localhost", "localhost"],
  ])("refuses a page of another origin, such as %j", async (origin) => {
    expect(await statusOf({ host: "localhost", origin })).toBe(403);
  });

  test("refuses what a page of another site loads without asking", async () => {
    expect(await statusOf({ host: "localhost", "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await statusOf({ host: "localhost", "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await statusOf({ host: "localhost", "sec-fetch-site": "none" })).toBe(200);
  });

  test("believes nobody who says that he was sent elsewhere", async () => {
    expect(await statusOf({ host: "evil.example", "x-forwarded-host": "localhost" })).toBe(403);
  });
});

describe("a server that must not ask for keys", async () => {
  const server = await startTestServer({ env: { INSECURE_NO_AUTH: "true" } });

  test("answers to any name", async () => {
    const sent = { ...scoreboard, headers: { host: "metrics.example", origin: "http://evil.example" } };

    expect((await exchange(server.url, sent)).status).toBe(200);
  });

  test.runIf(!onPostgres)("says at its start that anybody may come in", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ws-metrics-open-"));
    const env = { HOST: "0.0.0.0", INSECURE_NO_AUTH: "true", DATA_DIR: join(folder, "data") };
    const started = await startProcess(env);
    await started.kill();

    expect(started.output()).toMatch(/"level":40.*INSECURE_NO_AUTH is set: whoever reaches this address/);
    await rm(folder, { recursive: true });
  });

  test.runIf(onPostgres)("asks for keys all the same once there are any, and says so", async () => {
    const database = await openTestDatabase();
    await createKey(database.store.database, { name: "a test", role: "read" }, new Date());
    const env = { HOST: "0.0.0.0", INSECURE_NO_AUTH: "true", DATABASE_URL: database.url ?? "" };
    const started = await startProcess(env);

    const { status } = await exchange(started.url, scoreboard);
    await started.kill();
    await database.close();

    expect(status).toBe(401);
    expect(started.output()).toMatch(/"level":40.*INSECURE_NO_AUTH is set and changes nothing/);
  });
});
