import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import {
  exchange,
  graphqlPost,
  graphqlQuery,
  type Received,
  restGet,
  restPost,
  type Sent,
  toolCall,
} from "./exchange.js";

const server = await startTestServer({ env: { MAX_BODY_BYTES: "1000", MAX_HEADER_BYTES: "2000" } });

const promised = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-request-id": expect.stringMatching(/^[\w.-]+$/),
};

function expectPromised({ headers }: Pick<Received, "headers">): void {
  expect(headers).toMatchObject(promised);
  const names = Object.keys(headers);
  expect(
    names.filter((name) => /^(server|x-powered-by|etag|set-cookie|access-control-.*)$/.test(name)),
  ).toEqual([]);
}

const telemetry = (type: string, body: string): Sent => ({
  ...{ method: "POST", path: "/v1/logs" },
  ...{ headers: { "content-type": type }, body },
});

const answers: Readonly<Record<string, readonly [Sent, number]>> = {
  "/healthz": [{ path: "/healthz" }, 200],
  "/readyz": [{ path: "/readyz" }, 200],
  "/readyz, to HEAD": [{ method: "HEAD", path: "/readyz" }, 200],
  "an export": [restGet("/ws-executions.csv"), 200],
  "a new run": [restPost("/ws-execution", { ws_id: "WS-1", executor: "human" }), 201],
  "what breaks a rule": [restPost("/ws-execution", {}), 422],
  "a tool": [toolCall("get_metrics"), 200],
  "a tool that refuses": [toolCall("get_execution", { execution_id: 1 }), 200],
  "what is no JSON": [restPost("/ws-execution", "{"), 400],
  "a body that is too large": [restPost("/ws-execution", " ".repeat(1_001)), 413],
  "a run that does not exist": [restGet("/ws-executions/3f0c0d2e-0000-4000-8000-000000000001"), 404],
  "a path that does not exist": [{ path: "/nope" }, 404],
  "a path that cannot be read": [{ path: "/%zz" }, 400],
  "another method": [{ method: "DELETE", path: "/graphql" }, 405],
  "a question before a request across origins": [
    {
      method: "OPTIONS",
      path: "/graphql",
      headers: { origin: "http://localhost", "access-control-request-method": "POST" },
    },
    405,
  ],
  "a query": [graphqlQuery("{ __typename }"), 200],
  "a query with a mistake": [graphqlQuery("{ nothing }"), 400],
  "a query that came to nothing": [graphqlQuery("mutation { recordEvents(events: []) { index } }"), 200],
  "a list of queries": [graphqlPost([{ query: "{ __typename }" }]), 400],
  "a query that a form could send": [{ path: "/graphql?query=%7B__typename%7D" }, 400],
  "a query of another type": [
    { ...graphqlQuery("{ __typename }"), headers: { "content-type": "text/plain" } },
    415,
  ],
  "telemetry in JSON": [telemetry("application/json", "{}"), 200],
  "telemetry in protobuf": [telemetry("application/x-protobuf", ""), 200],
  "telemetry that is none": [telemetry("application/json", "[]"), 400],
  "a page of another origin": [{ path: "/graphql", headers: { origin: "http://evil.example" } }, 403],
  "an expectation that nobody knows": [
    {
      ...graphqlQuery("{ __typename }"),
      headers: { "content-type": "application/json", expect: "miracles" },
    },
    200,
  ],
};

describe("the same headers stand in the answer to", () => {
  test.each(Object.entries(answers))("%s", async (_, [sent, status]) => {
    const received = await exchange(server.url, sent);

    expect(received.status, received.text).toBe(status);
    expectPromised(received);
  });

  test("what was read, but that its reader may keep it and ask whether it still holds", async () => {
    const { headers } = await exchange(server.url, restGet("/ws-executions"));

    expect(headers).toMatchObject({ ...promised, "cache-control": "private, no-cache" });
    expect(headers.etag).toBeDefined();
  });

  test.each([
    ["bytes that are no request", "how much did it cost?\r\n\r\n", 400],
    ["a request without Host", "GET /healthz HTTP/1.1\r\n\r\n", 400],
    ["headers that are too large", `GET / HTTP/1.1\r\nHost: x\r\nA: ${"a".repeat(3_000)}\r\n\r\n`, 431],
  ])("%s", async (_, bytes, status) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1").setEncoding("latin1");
    let text = "";
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.write(bytes);
    await once(socket, "close");

    const lines = text.slice(0, text.indexOf("\r\n\r\n")).split("\r\n");
    expect(lines.shift()).toContain(` ${status} `);
    expectPromised({ headers: Object.fromEntries(lines.map((line) => line.split(": "))) });
  });
});
