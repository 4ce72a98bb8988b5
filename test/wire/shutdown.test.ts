import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { startApp } from "../../src/app.js";
import { parseConfig } from "../../src/config.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { type ServerProcess, startProcess } from "../support/process.js";
import { exchange, type Received, restGet, restPost, type Sent } from "./exchange.js";
import { expectRefused } from "./refusal.js";

const folder = await mkdtemp(join(tmpdir(), "ws-metrics-shutdown-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A client that keeps its one connection from request to request. */
function keptAlive(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = async ({ method = "GET", path, headers, body }: Sent): Promise<Received> => {
    const outgoing = request(new URL(url), { method, path, headers, agent });
    outgoing.end(body);
    const [incoming] = await once(outgoing, "response");
    const chunks: Buffer[] = await incoming.toArray();
    return { status: incoming.statusCode, headers: incoming.headers, text: Buffer.concat(chunks).toString() };
  };
  return { send, close: () => agent.destroy() };
}

const start = restPost("/ws-execution", { ws_id: "WS-1", executor: "human" });

describe("on SIGTERM a server", () => {
  const embedded = (): Promise<ServerProcess> =>
    startProcess({ DATA_DIR: join(folder, "data"), LOG_LEVEL: "info" });

  test("ends with code 0 although a client keeps its connection", async () => {
    const server = await embedded();
    const client = keptAlive(server.url);
    expect(await client.send(start)).toMatchObject({ status: 201 });

    const code = await server.kill("SIGTERM");

    expect(code).toBe(0);
    await expect(exchange(server.url, restGet("/dashboard"))).rejects.toThrow(/ECONNREFUSED/);
    client.close();
  });

  test("keeps what it acknowledged, for the next start", async () => {
    const server = await embedded();

    const { text } = await exchange(server.url, restGet("/ws-executions"));

    expect(JSON.parse(text)).toMatchObject({ total_count: 1 });
    expect(await server.kill("SIGINT")).toBe(0);
  });
});

describe.runIf(onPostgres)("while a server shuts down", () => {
  test("what is in flight is finished, and everything else is UNAVAILABLE", async () => {
    const database = await openTestDatabase();
    const server = await startProcess({ DATABASE_URL: database.url ?? "", LOG_LEVEL: "info" });
    const kept = keptAlive(server.url);
    await kept.send(restGet("/dashboard"));
    const idle = keptAlive(server.url);
    await database.sql("begin");
    await database.sql("lock table ws_executions in exclusive mode");
    const inFlight = kept.send(start);
    await vi.waitFor(async () => {
      expect(await database.sql("select 1 from pg_locks where not granted")).toHaveLength(1);
    });

    const ended = server.kill("SIGTERM");
    await vi.waitFor(async () => {
      await expect(idle.send(restGet("/dashboard"))).rejects.toThrow(/ECONNREFUSED/);
    });
    await database.sql("commit");

    const { status, headers } = await inFlight;
    expect({ status, connection: headers.connection }).toEqual({ status: 201, connection: "close" });
    expect(await ended).toBe(0);
    expect(await database.sql("select ws_id from ws_executions")).toEqual([{ ws_id: "WS-1" }]);
    kept.close();
    idle.close();
    await database.close();
  });
});

describe.each(["rest", "graphql"] as const)(
  "a request through %s that was begun before a shutdown",
  (door) => {
    test("and arrives during it is answered UNAVAILABLE, on a connection that ends", async () => {
      const database = await openTestDatabase();
      const config = parseConfig({ PORT: "0", LOG_LEVEL: "silent" });
      const app = await startApp(config, { store: database.store });
      const isAlive = () => exchange(app.url, { path: "/healthz" });
      const path = door === "rest" ? "/api/v1/metrics/dashboard" : "/graphql?query=%7B__typename%7D";
      const socket = connect(Number(new URL(app.url).port), "127.0.0.1").setEncoding("utf8");
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`);
      await isAlive();

      const closed = app.close();
      await vi.waitFor(() => expect(isAlive()).rejects.toThrow(/ECONNREFUSED/));
      socket.write("\r\n");

      const answer = (await socket.toArray()).join("");
      const [head = "", text = ""] = answer.split("\r\n\r\n");
      const [first = "", ...lines] = head.split("\r\n");
      const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(": ")));
      expectRefused(door, { status: Number(first.split(" ")[1]), headers, text }, { code: "UNAVAILABLE" });
      expect(headers.connection).toBe("close");
      await closed;
      await database.close();
    });
  },
);
