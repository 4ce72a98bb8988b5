import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { bodyBytes, bodyCases } from "./body.cases.js";
import { exchange, graphqlPost, mcpPost, restPost, type Sent } from "./exchange.js";
import { type Door, expectRefusal } from "./refusal.js";

const server = await startTestServer({ env: { MAX_BODY_BYTES: String(bodyBytes) } });

const requests: Readonly<Record<Door, Sent>> = {
  rest: restPost("/ws-execution", { ws_id: "WS-1", executor: "human" }),
  graphql: graphqlPost({ query: "{ __typename }" }),
  mcp: mcpPost({ method: "tools/list", id: 1 }),
};

/** A header that is undefined is not sent. */
function withHeaders(sent: Sent, headers: Sent["headers"] = {}): Sent {
  const all = Object.entries({ ...sent.headers, ...headers });
  return { ...sent, headers: Object.fromEntries(all.filter(([, value]) => value !== undefined)) };
}

describe.each(["rest", "graphql", "mcp"] as const)("%s refuses a body", (door) => {
  for (const { name, body, headers, refusal } of bodyCases) {
    test(name, async () => {
      const sent = { ...withHeaders(requests[door], headers), body };

      await expectRefusal(server, door, sent, "code" in refusal ? refusal : refusal[door]);
    });
  }
});

describe.each(["rest", "graphql", "mcp"] as const)("%s reads a body", (door) => {
  const text = String(requests[door].body);
  const readable: readonly (readonly [string, string | Uint8Array, Sent["headers"]])[] = [
    ["packed with gzip", gzipSync(text), { "content-encoding": "gzip" }],
    ["packed with brotli", brotliCompressSync(text), { "content-encoding": "BR" }],
    ["packed with deflate", deflateSync(text), { "content-encoding": "deflate" }],
    ["that says it is not packed", text, { "content-encoding": "identity" }],
    ["that says it is UTF-8", text, { "content-type": "application/json; charset=utf-8" }],
    ["that begins with a byte order mark", `\uFEFF${text}`, {}],
    ["of exactly the limit", text.padEnd(bodyBytes), {}],
  ];
  for (const [name, body, headers] of readable) {
    test(name, async () => {
      const received = await exchange(server.url, { ...withHeaders(requests[door], headers), body });

      expect(received.status, received.text).toBe(door === "rest" ? 201 : 200);
    });
  }
});

describe("a value nested 100,000 levels deep is refused where it stands", () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

  test("in REST", async () => {
    const body = `{"ws_id":${deep},"executor":"human"}`;

    await expectRefusal(server, "rest", restPost("/ws-execution", body), {
      code: "BAD_USER_INPUT",
      errors: { ws_id: /must be a string/ },
    });
  });

  test("in a variable of GraphQL", async () => {
    const query = "mutation ($input: StartExecutionInput!) { startExecution(input: $input) { outcome } }";
    const body = `{"query":"${query}","variables":{"input":{"wsId":${deep},"executor":"human"}}}`;

    await expectRefusal(server, "graphql", graphqlPost(body), {
      code: "QUERY_TOO_COMPLEX",
      message: /12 levels of variables/,
    });
  });
});

describe("a body that cannot be unpacked harms nobody where no body is read:", () => {
  const cases: readonly Sent[] = [
    { path: "/healthz" },
    { path: "/api/v1/metrics/scoreboard" },
    { path: "/graphql?query=%7B__typename%7D", headers: { "apollo-require-preflight": "1" } },
    { path: "/nope", method: "POST" },
    { path: "/api/v1/metrics/dashboard", method: "POST" },
  ];
  for (const sent of cases) {
    test(`${sent.method ?? "GET"} ${sent.path}`, async () => {
      const died: unknown[] = [];
      const note = (error: unknown) => died.push(error);
      process.on("uncaughtException", note);

      const [plain, packed] = [sent, withHeaders(sent, { "content-encoding": "gzip" })];
      const { status } = await exchange(server.url, plain);
      expect(await exchange(server.url, packed)).toMatchObject({ status });
      await exchange(server.url, plain);

      process.off("uncaughtException", note);
      expect(died).toEqual([]);
    });
  }
});
