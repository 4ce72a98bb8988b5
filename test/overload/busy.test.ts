import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { onPostgres } from "../support/database.js";
import { startTestServer, type TestServer } from "../support/server.js";

const start = () => ({ id: randomUUID(), ws_id: "WS-1", executor: "human" });

/** Holds a table from another connection, so that whoever needs it waits, until the test ends. */
async function hold(server: TestServer, table: string): Promise<void> {
  await server.sql("begin");
  await server.sql(`lock table ${table} in access exclusive mode`);
  onTestFinished(() => server.sql("rollback").then(() => {}));
}

async function untilWaiting(server: TestServer, count: number): Promise<void> {
  await vi.waitFor(async () => {
    const waiting = await server.sql(
      "select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())",
    );
    expect(waiting).toHaveLength(count);
  });
}

const startRun = `mutation { startExecution(input: { wsId: "WS-1", executor: "human" }) { outcome } }`;

describe.runIf(onPostgres)("a server whose database is slow", async () => {
  const server = await startTestServer({
    env: { MAX_WAITING_WRITES: "3", MAX_WAITING_READS: "4", REQUEST_TIMEOUT_MS: "5000" },
  });

  test("refuses at once what more would have to wait, and finishes what it took", async () => {
    await hold(server, "ws_executions");
    const taken = Array.from({ length: 13 }, () => server.post("/ws-execution", start()));
    await untilWaiting(server, 10);

    const { status, headers, body } = await server.post("/ws-execution", start());

    expect({ status, code: body.code }).toEqual({ status: 503, code: "UNAVAILABLE" });
    expect(body.detail).toMatch(/busy: .*\(3\)/);
    expect(headers.get("retry-after")).toBe("1");
    await server.sql("rollback");
    expect((await Promise.all(taken)).map((answer) => answer.status)).toEqual(Array(13).fill(201));
  });

  test("takes writes while reads wait", async () => {
    const run = start();
    await server.post("/ws-execution", run);
    await hold(server, "ws_bug_fixes");
    const reads = Array.from({ length: 40 }, () => server.get(`/ws-executions/${run.id}`));
    await untilWaiting(server, 5);

    const writes = await Promise.all(Array.from({ length: 8 }, () => server.graphql(startRun)));

    expect(writes.flatMap(({ body }) => body.errors ?? [])).toEqual([]);
    await server.sql("rollback");
    const answers = (await Promise.all(reads)).map(({ status }) => status);
    const refused = answers.filter((status) => status === 503);
    expect(answers.filter((status) => status !== 503)).toEqual(Array(40 - refused.length).fill(200));
    expect(refused.length).toBeGreaterThan(25);
  });

  test("answers one query of many fields piece by piece, and leaves room for others", async () => {
    await server.post("/ws-execution", start());
    const fields = Array.from({ length: 20 }, (_, index) => `board${index}: scoreboard { totalRuns }`);
    await hold(server, "ws_bug_fixes");
    const greedy = server.graphql(`{ ${fields.join(" ")} }`);
    await untilWaiting(server, 2);

    const other = server.graphql("{ executions(first: 1) { totalCount } }");

    expect((await other).body).toMatchObject({ data: { executions: { totalCount: 1 } } });
    await server.sql("rollback");
    expect((await greedy).body.errors).toBeUndefined();
  });
});

/** Begins a request that the server takes, and stops before the last byte of its body. */
async function beginRequest(server: TestServer, body: string) {
  const socket: Socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, "connect");
  const head = [
    "POST /api/v1/metrics/ws-execution HTTP/1.1",
    "host: localhost",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    "expect: 100-continue",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  await once(socket, "data");
  socket.write(body.slice(0, -1));
  return {
    hangUp: () => socket.destroy(),
    finish: async () => {
      socket.write(body.slice(-1));
      const [answer] = await once(socket, "data");
      return String(answer).split("\r\n")[0] ?? "";
    },
  };
}

describe("a server that takes few requests at a time", async () => {
  const server = await startTestServer({
    env: { MAX_REQUESTS_IN_FLIGHT: "3", MAX_BODY_BYTES_IN_FLIGHT: "1000" },
  });
  // The first request of a test has the keys read, so that the next ones are let in as they come.
  beforeEach(() => server.get("/scoreboard").then(() => {}));
  const refused = async () => {
    const { status, headers, body } = await server.get("/scoreboard");
    return { status, retryAfter: headers.get("retry-after"), detail: String(body.detail) };
  };

  test("refuses the next at once, and takes it when one of them is answered", async () => {
    const bodies = Array.from({ length: 3 }, () => JSON.stringify(start()));
    const begun = await Promise.all(bodies.map((body) => beginRequest(server, body)));
    await vi.waitFor(async () => expect((await refused()).status).toBe(503));

    expect(await refused()).toMatchObject({ retryAfter: "1", detail: expect.stringContaining("3 requests") });
    expect((await server.fetch("/healthz")).status).toBe(200);

    for (const request of begun) expect(await request.finish()).toBe("HTTP/1.1 201 Created");
    expect((await refused()).status).toBe(200);
  });

  test("refuses a body that is more than it holds at a time", async () => {
    const padded = JSON.stringify(start()).replace("{", `{${" ".repeat(900)}`);
    const first = await beginRequest(server, padded);

    await vi.waitFor(async () => {
      const { status, body } = await server.post("/ws-execution", start());
      expect({ status, detail: body.detail }).toEqual({
        status: 503,
        detail: expect.stringContaining("1000 bytes"),
      });
    });

    expect(await first.finish()).toBe("HTTP/1.1 201 Created");
    expect((await server.post("/ws-execution", start())).status).toBe(201);
  });

  test("takes a single body that is larger, when there is no other", async () => {
    const long = {
      ...start(),
      file_metrics: { created: Array.from({ length: 300 }, (_, n) => `file-${n}`) },
    };

    expect((await server.post("/ws-execution", long)).status).toBe(201);
  });

  test("takes others for those that hang up", async () => {
    const bodies = Array.from({ length: 3 }, () => JSON.stringify(start()));
    const begun = await Promise.all(bodies.map((body) => beginRequest(server, body)));
    await vi.waitFor(async () => expect((await refused()).status).toBe(503));

    for (const request of begun) request.hangUp();

    await vi.waitFor(async () => expect((await refused()).status).toBe(200));
  });
});
