import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { createKey } from "../../src/services/api-key.service.js";
import type { Role } from "../../src/vocabulary.js";
import { second } from "../support/clock.js";
import { startTestServer } from "../support/server.js";
import { growth, seriesOf } from "./exposition.js";
import { scrape } from "./scrape.js";

describe("the figures of a server with keys", async () => {
  const server = await startTestServer({ env: { MAX_FAILED_LOGINS: "1" } });

  async function keyFor(role: Role) {
    await server.fetch("/nothing"); // lets the server forget keys of a time that is yet to come
    const { store } = server.database;
    const { key } = await createKey(store.database, { name: "a test", role }, server.clock.now());
    server.clock.advance(30 * second);
    return { authorization: `Bearer ${key}` };
  }

  test.each(["read", "admin"] as const)("are shown to %s", async (role) => {
    expect((await scrape(server, await keyFor(role))).length).toBeGreaterThan(10);
  });

  test("are not shown to those who report", async () => {
    const { status, body } = await server.fetch("/metrics", { headers: await keyFor("ingest") });

    expect({ status, body }).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
  });

  test("count failed logins and those that came too often", async () => {
    const key = await keyFor("read");
    const before = await scrape(server, key);
    await server.fetch("/metrics");
    await server.fetch("/metrics");
    server.clock.advance(61 * second);

    const grown = growth(before, await scrape(server, key), "ws_metrics_refusals_total");

    expect(grown).toEqual({ '{code="UNAUTHENTICATED"}': 1, '{code="RATE_LIMITED"}': 1 });
  });
});

describe("the figures of a server that takes no more requests", async () => {
  const server = await startTestServer({ env: { MAX_REQUESTS_IN_FLIGHT: "1" } });

  test("are shown all the same: now is when they are needed", async () => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.write("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n");
    socket.write("Content-Type: application/json\r\n\r\n");
    const refused = () => server.get("/scoreboard").then(({ status }) => status);
    await expect.poll(refused).toBe(503);

    const series = seriesOf(await scrape(server));

    expect(series["http_server_active_requests{}"]).toBe(2);
    expect(series['ws_metrics_refusals_total{code="UNAVAILABLE"}']).toBeGreaterThan(0);
    socket.destroy();
  });
});

describe("the figures of a server without keys", async () => {
  const server = await startTestServer();

  test("are not shown to a page from elsewhere", async () => {
    const { status } = await server.fetch("/metrics", { headers: { origin: "http://evil.example" } });

    expect(status).toBe(403);
  });

  test("are asked for with GET", async () => {
    const { status, headers } = await server.fetch("/metrics", { method: "POST" });

    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("GET, HEAD");
  });
});
