import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { growthDuring } from "./scrape.js";

const server = await startTestServer({ env: { MAX_BODY_BYTES: "5000" } });

const id = "3f0c0d2e-0000-4000-8000-000000000001";
const start = { id, ws_id: "WS-1", executor: "claude_code" };
const phase = {
  event_id: "e-1",
  name: "implement",
  result: "pass",
  started_at: "2026-02-23T10:00:00Z",
  completed_at: "2026-02-23T10:01:00Z",
};
const json = { "content-type": "application/json" };

const operationsDuring = (work: () => Promise<unknown>) =>
  growthDuring(server, "ws_metrics_operations_total", work);
const eventsDuring = (work: () => Promise<unknown>) => growthDuring(server, "ws_metrics_events_total", work);
const refusalsDuring = (work: () => Promise<unknown>) =>
  growthDuring(server, "ws_metrics_refusals_total", work);

const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** One LLM call as Claude Code tells of it. */
const calledBy = (requestId: string) => ({
  timeUnixNano: "1771841400000000000",
  body: { stringValue: "claude_code.api_request" },
  attributes: attributes({ "event.name": "api_request", request_id: requestId, model: "a-model" }),
});

const telemetry = (records: readonly unknown[]) =>
  server.fetch("/v1/logs", {
    method: "POST",
    headers: json,
    body: JSON.stringify({
      resourceLogs: [
        {
          resource: { attributes: attributes({ "service.name": "claude-code" }) },
          scopeLogs: [{ scope: { name: "com.anthropic.claude_code.events" }, logRecords: records }],
        },
      ],
    }),
  });

describe("an operation is counted by its name and how it ended, asked for", () => {
  test("over REST", async () => {
    const grown = await operationsDuring(async () => {
      await server.post("/ws-execution", start);
      await server.get("/scoreboard");
      await server.get(`/ws-executions/${id.replace("1", "2")}`);
      await server.get("/dashboard?interval=year");
    });

    expect(grown).toMatchObject({
      '{operation="submitExecution",code="OK"}': 1,
      '{operation="scoreboard",code="OK"}': 1,
      '{operation="execution",code="NOT_FOUND"}': 1,
      '{operation="dashboard",code="BAD_USER_INPUT"}': 1,
    });
  });

  test("over GraphQL, several in one request", async () => {
    const grown = await operationsDuring(() =>
      server.graphql(
        `{ a: scoreboard { totalRuns } b: scoreboard { totalRuns } execution(id: "${id}") { id } }`,
      ),
    );

    expect(grown).toEqual({
      '{operation="scoreboard",code="OK"}': 2,
      '{operation="execution",code="NOT_FOUND"}': 1,
    });
  });

  test("over OTLP", async () => {
    const grown = await operationsDuring(() => telemetry([calledBy("r-1")]));

    expect(grown).toEqual({ '{operation="recordTelemetry",code="OK"}': 1 });
  });

  test("and how long it took", async () => {
    const grown = await growthDuring(server, "ws_metrics_operation_duration_seconds", () =>
      server.get("/scoreboard"),
    );

    expect(grown['_count{operation="scoreboard"}']).toBe(1);
    expect(grown['_sum{operation="scoreboard"}']).toBeGreaterThan(0);
    expect(grown['_sum{operation="scoreboard"}']).toBeLessThan(10);
  });
});

describe("what became of events is counted:", () => {
  test("of a start, its repeat, and phases that repeat or conflict", async () => {
    const post = (body: object) => server.post("/ws-execution", { ...start, ...body });

    const grown = await eventsDuring(async () => {
      await post({});
      await post({});
      await post({ phase });
      await post({ phase });
      await post({ phase: { ...phase, name: "verify" } });
    });

    expect(grown).toEqual({
      '{operation="submitExecution",outcome="RECORDED"}': 2,
      '{operation="submitExecution",outcome="DUPLICATE"}': 2,
      '{operation="submitExecution",outcome="CONFLICT_IGNORED"}': 1,
    });
  });

  test("of each item of a batch, refused ones included", async () => {
    const startExecution = { id, wsId: "WS-1", executor: "human" };
    const unknown = { id: id.replace("1", "2") };
    const recordLlmCall = { sourceKey: "k", model: "m", startedAt: "2026-02-23T10:00:00Z" };
    const events = [
      { startExecution },
      { startExecution },
      { updateExecution: unknown },
      { recordLlmCall },
      { recordLlmCall: { ...recordLlmCall, model: "another" } },
    ];

    const grown = await eventsDuring(() =>
      server.graphql(`mutation ($events: [EventInput!]!) { recordEvents(events: $events) { outcome } }`, {
        events,
      }),
    );

    expect(grown).toEqual({
      '{operation="recordEvents",outcome="RECORDED"}': 2,
      '{operation="recordEvents",outcome="DUPLICATE"}': 1,
      '{operation="recordEvents",outcome="CONFLICT_IGNORED"}': 1,
      '{operation="recordEvents",outcome="REFUSED"}': 1,
    });
  });

  test("of every mutation and of telemetry", async () => {
    const grown = await eventsDuring(async () => {
      await server.graphql(`mutation {
        startExecution(input: { id: "${id}", wsId: "WS-1", executor: "human" }) { outcome }
        updateExecution(input: { id: "${id}", reworkCycles: 1 }) { outcome }
        recordPhase(input: { executionId: "${id}", eventId: "e", name: VERIFY, startedAt: "2026-02-23T10:00:00Z" }) { outcome }
        recordBugFix(input: {
          executionId: "${id}", description: "d", rootCause: "r", testName: "t", fixSummary: "f", autonomous: true
        }) { outcome }
        recordLlmCalls(input: [{ sourceKey: "k", model: "m", startedAt: "2026-02-23T10:00:00Z" }]) { outcome }
        completeExecution(input: { id: "${id}", status: FAILED }) { outcome }
      }`);
      await telemetry([calledBy("r-1"), calledBy("r-1")]);
    });

    expect(grown).toEqual({
      '{operation="startExecution",outcome="RECORDED"}': 1,
      '{operation="updateExecution",outcome="RECORDED"}': 1,
      '{operation="recordPhase",outcome="RECORDED"}': 1,
      '{operation="recordBugFix",outcome="RECORDED"}': 1,
      '{operation="recordLlmCalls",outcome="RECORDED"}': 1,
      '{operation="completeExecution",outcome="RECORDED"}': 1,
      '{operation="recordTelemetry",outcome="RECORDED"}': 1,
      '{operation="recordTelemetry",outcome="DUPLICATE"}': 1,
    });
  });

  test("not of a request that failed: nothing became of them", async () => {
    const grown = await eventsDuring(() => server.post("/ws-execution", { ...start, status: "nope" }));

    expect(grown).toEqual({});
  });
});

describe("a refusal is counted by its code, once,", () => {
  const post = (body: string, type = "application/json") =>
    server.fetch("/graphql", { method: "POST", headers: { "content-type": type }, body });
  const query = (text: string) => post(JSON.stringify({ query: text }));

  test.each([
    ["a route that is none", () => server.fetch("/nope"), "NOT_FOUND"],
    ["a path that cannot be read", () => server.fetch("/%zz"), "BAD_USER_INPUT"],
    ["another method", () => server.fetch("/graphql", { method: "DELETE" }), "METHOD_NOT_ALLOWED"],
    [
      "a body that is too large",
      () => server.post("/bug-fix", { id: "x".repeat(6000) }),
      "PAYLOAD_TOO_LARGE",
    ],
    ["telemetry that is too large", () => telemetry([calledBy("x".repeat(6000))]), "PAYLOAD_TOO_LARGE"],
    ["a body of another type", () => post("a", "text/plain"), "UNSUPPORTED_MEDIA_TYPE"],
    ["a body that is not JSON", () => post("{"), "BAD_USER_INPUT"],
    ["an array of queries", () => post("[]"), "BAD_USER_INPUT"],
    ["a query without its header", () => server.fetch("/graphql?query={__typename}"), "BAD_USER_INPUT"],
    ["a query that is none", () => query("{"), "BAD_USER_INPUT"],
    ["several mistakes in one query", () => query("{ nope nothing }"), "BAD_USER_INPUT"],
    ["a query that is too deep", () => query(`{ ${"executions { nodes { ".repeat(9)}`), "BAD_USER_INPUT"],
    [
      "a page from elsewhere",
      () => server.fetch("/readyz/", { headers: { origin: "http://evil.example" } }),
      "FORBIDDEN",
    ],
    ["an operation's", () => server.get(`/ws-executions/${id}`), "NOT_FOUND"],
    [
      "a field's",
      () => query(`mutation { updateExecution(input: { id: "${id}" }) { outcome } }`),
      "NOT_FOUND",
    ],
  ] as const)("%s", async (_, request, code) => {
    expect(await refusalsDuring(request)).toEqual({ [`{code="${code}"}`]: 1 });
  });

  test("bytes that are no request", async () => {
    const grown = await refusalsDuring(
      () =>
        new Promise((resolve, reject) => {
          const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () =>
            socket.write("garbage\r\n\r\n"),
          );
          socket.once("close", resolve).once("error", reject).resume();
        }),
    );

    expect(grown).toEqual({ '{code="BAD_USER_INPUT"}': 1 });
  });
});
