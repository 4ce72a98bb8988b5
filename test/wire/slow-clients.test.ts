import { once } from "node:events";
import { connect } from "node:net";
import { getIntrospectionQuery } from "graphql";
import { describe, expect, test } from "vitest";
import { onPostgres } from "../support/database.js";
import { startTestServer } from "../support/server.js";
import { exchange } from "./exchange.js";

const post = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

describe("a server that waits for 200 ms", async () => {
  const server = await startTestServer({ env: { REQUEST_TIMEOUT_MS: "200" } });

  test.each([
    ["says nothing", ""],
    ["stops in the middle of a header", "GET /healthz HTTP/1.1\r\nHost: loc"],
    ["never sends the body it announced", `${post}Content-Length: 100\r\n\r\n`],
    ["stops in the middle of its body", `${post}Content-Length: 100\r\n\r\n{"query":`],
    ["stops in the middle of a chunk", `${post}Transfer-Encoding: chunked\r\n\r\n64\r\n{"query":`],
  ])("a client that %s is told so and hung up on", async (_, bytes) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1").setEncoding("latin1");
    let answer = "";
    socket.on("data", (text: string) => {
      answer += text;
    });
    socket.write(bytes);

    await once(socket, "close");

    expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
    expect(answer).toContain("The request did not arrive within 200 ms.");
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/m);
  });
});

describe.skipIf(onPostgres)("a server of one connection", async () => {
  const server = await startTestServer({ env: { REQUEST_TIMEOUT_MS: "500", MAX_CONNECTIONS: "1" } });

  test("a client that does not read what it asked for is hung up on", async () => {
    const body = JSON.stringify({ query: getIntrospectionQuery() });
    const greedy = connect(Number(new URL(server.url).port), "127.0.0.1")
      .pause()
      .on("error", () => {});
    greedy.write(`${post}Content-Length: ${body.length}\r\n\r\n${body}`.repeat(100));
    const status = async () => (await exchange(server.url, { path: "/healthz" })).status;
    await expect.poll(status, { timeout: 5_000 }).toBe(503); // the one connection that may be open is taken

    await expect.poll(status, { timeout: 15_000 }).toBe(200);
    greedy.destroy();
  });
});
