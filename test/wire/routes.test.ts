import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { exchange, graphqlQuery, restGet, restPost, type Sent } from "./exchange.js";
import { type Door, expectNoInternals, expectRefusal, type Refusal } from "./refusal.js";

const server = await startTestServer();

const api = "/api/v1/metrics";
const doors: Readonly<Record<string, Door>> = { "/graphql": "graphql", "/mcp": "mcp" };

describe("there is nothing at", () => {
  const paths = [
    "/",
    "/nope",
    "/favicon.ico",
    api,
    `${api}/`,
    `${api}/nope`,
    `${api}/dashboard/`,
    `${api}/ws-executions/a/b`,
    "/api/v2/metrics/dashboard",
    "/graphql/nope",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/select%20*%20from%20ws_executions",
  ];
  for (const path of paths) {
    test(path, async () => {
      await expectRefusal(server, "rest", { path }, { code: "NOT_FOUND" });
      await expectRefusal(server, "rest", { path, method: "POST" }, { code: "NOT_FOUND" });
    });
  }
});

describe("another method is refused, saying which are allowed:", () => {
  const routes: readonly (readonly [string, string, readonly string[]])[] = [
    [`${api}/ws-execution`, "POST", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]],
    [`${api}/bug-fix`, "POST", ["GET", "HEAD", "DELETE"]],
    [`${api}/ws-executions`, "GET, HEAD", ["POST", "DELETE", "OPTIONS"]],
    [`${api}/ws-executions/nope`, "GET, HEAD", ["POST", "PUT", "PATCH", "DELETE"]],
    [`${api}/dashboard`, "GET, HEAD", ["POST"]],
    [`${api}/cost-summary`, "GET, HEAD", ["POST"]],
    [`${api}/scoreboard`, "GET, HEAD", ["POST", "OPTIONS"]],
    ["/graphql", "GET, POST, HEAD", ["PUT", "DELETE", "OPTIONS"]],
    ["/mcp", "POST", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"]],
    ["/healthz", "GET, HEAD", ["POST"]],
    ["/readyz", "GET, HEAD", ["DELETE"]],
  ];
  for (const [path, allow, methods] of routes) {
    for (const method of methods) {
      test(`${method} ${path}`, async () => {
        const door = doors[path] ?? "rest";
        const refusal: Refusal = { code: "METHOD_NOT_ALLOWED", message: new RegExp(`use ${allow}`) };

        const received =
          method === "HEAD"
            ? await exchange(server.url, { path, method })
            : await expectRefusal(server, door, { path, method }, refusal);

        expect(received.status).toBe(405);
        expect(received.headers.allow).toBe(allow);
      });
    }
  }

  test("HEAD is answered like GET, without the body", async () => {
    for (const path of [`${api}/dashboard`, `${api}/ws-executions`, "/healthz", "/readyz"]) {
      const { status, text } = await exchange(server.url, { path, method: "HEAD" });

      expect({ path, status, text }).toEqual({ path, status: 200, text: "" });
    }
    const missing = await exchange(server.url, { path: "/nope", method: "HEAD" });
    expect(missing).toMatchObject({ status: 404, text: "" });
  });
});

describe("a URL that cannot be read is refused:", () => {
  const refusal: Refusal = { code: "BAD_USER_INPUT", status: 400 };
  const paths = [`${api}/ws-executions/%zz`, `${api}/ws-executions/%`, "/%", `${api}/ws-executions/%c0%ae`];
  for (const path of paths) {
    test(path, () => expectRefusal(server, "rest", { path }, refusal).then(() => {}));
  }

  test("an id longer than any", async () => {
    await expectRefusal(server, "rest", restGet(`/ws-executions/${"a".repeat(1_001)}`), refusal);
  });

  test("a query string that is not percent-encoded UTF-8", async () => {
    for (const query of ["wp_id=%zz", "wp_id=%ed%a0%80", "%ff=1"]) {
      await expectRefusal(server, "rest", restGet(`/ws-executions?${query}`), refusal);
    }
  });
});

describe("the request id", () => {
  const notFound: Refusal = { code: "NOT_FOUND" };
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const with_ = (id: string): Sent => ({ path: "/nope", headers: { "x-request-id": id } });

  test("is the client's own when it is harmless", async () => {
    const { headers } = await expectRefusal(server, "rest", with_("a-Request_1.2"), notFound);

    expect(headers["x-request-id"]).toBe("a-Request_1.2");
  });

  for (const id of ["<script>", "a b", '{"level":60}', "x".repeat(129), "", "é", "a,b"]) {
    test(`is the server's instead of ${JSON.stringify(id.slice(0, 20))}`, async () => {
      const { headers } = await expectRefusal(server, "rest", with_(id), notFound);

      expect(headers["x-request-id"]).toMatch(uuid);
    });
  }

  test("stands in every answer", async () => {
    for (const path of ["/healthz", `${api}/dashboard`, "/graphql", "/nope"]) {
      const { headers } = await exchange(server.url, { path });

      expect(headers).toMatchObject({
        "x-request-id": expect.stringMatching(uuid),
      });
    }
  });
});

describe("what is not HTTP is refused", () => {
  /** What a server says to raw bytes until it hangs up. */
  async function answerTo(bytes: string): Promise<string> {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1").on("data", (text: string) => {
      answer += text;
    });
    socket.write(bytes, "latin1");
    await once(socket, "close");
    return answer;
  }
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["a request without Host", "GET /healthz HTTP/1.1\r\n\r\n", /^HTTP\/1.1 400 /],
    [
      "a request to two Hosts",
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
      /^HTTP\/1.1 400 /,
    ],
    ["an unknown method", "BREW /healthz HTTP/1.1\r\nHost: x\r\n\r\n", /^HTTP\/1.1 400 /],
    ["prose", "how much did it cost?\r\n\r\n", /^HTTP\/1.1 400 /],
    [
      "a header with a control character",
      "GET / HTTP/1.1\r\nHost: x\r\nA: \u0001\r\n\r\n",
      /^HTTP\/1.1 400 /,
    ],
    [
      "headers that are too large",
      `GET / HTTP/1.1\r\nHost: x\r\nA: ${"a".repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1.1 431 /,
    ],
    [
      "two lengths",
      "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
      /^HTTP\/1.1 400 /,
    ],
    [
      "a length and chunks",
      "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
      /^HTTP\/1.1 400 /,
    ],
  ];
  for (const [name, bytes, status] of cases) {
    test(name, async () => {
      const answer = await answerTo(bytes);

      expect(answer).toMatch(status);
      expectNoInternals(answer);
      expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json/i);
      expect(answer).toMatch(/"code":"(BAD_USER_INPUT|PAYLOAD_TOO_LARGE)"/);
    });
  }
});

test("a body on a GET is not looked at", async () => {
  const sent = { ...restPost("/dashboard", { from: "nonsense" }), method: "GET" };

  expect(await exchange(server.url, sent)).toMatchObject({ status: 200 });
});

test("an expectation that nobody knows is passed over, and the request is served once", async () => {
  const start = restPost("/ws-execution", { ws_id: "WS-UNEXPECTED", executor: "human" });
  const headers = { ...start.headers, expect: "the-unexpected" };

  expect(await exchange(server.url, { ...start, headers })).toMatchObject({ status: 201 });

  const listed = await exchange(server.url, restGet("/ws-executions?ws_id=WS-UNEXPECTED"));
  expect(JSON.parse(listed.text)).toMatchObject({ total_count: 1 });
});

describe("GraphQL answers JSON, and does what it is asked once, whatever a client accepts:", () => {
  const accepted = [
    "text/html",
    "multipart/mixed",
    "application/json;q=0",
    "application/json; charset=utf-16",
    "*/*, application/json;q=0, application/graphql-response+json;q=0.0",
    "nonsense",
    "",
  ];
  const query = 'mutation { startExecution(input: { wsId: "WS-1", executor: "human" }) { outcome } }';
  for (const accept of accepted) {
    test(accept || "nothing", async () => {
      const sent = graphqlQuery(query);

      const received = await exchange(server.url, { ...sent, headers: { ...sent.headers, accept } });

      expect(received.status, received.text).toBe(200);
      expect(received.headers["content-type"]).toMatch(/^application\/(graphql-response\+)?json/);
      expect(JSON.parse(received.text)).toEqual({ data: { startExecution: { outcome: "RECORDED" } } });
    });
  }

  test("the type that GraphQL has for itself, where it is preferred", async () => {
    const sent = graphqlQuery("{ __typename }");
    const accept = "application/graphql-response+json, application/json; q=0.9";

    const { headers } = await exchange(server.url, { ...sent, headers: { ...sent.headers, accept } });

    expect(headers["content-type"]).toMatch(/^application\/graphql-response\+json/);
  });
});
