import fastify from "fastify";
import { extendSchema, parse } from "graphql";
import { beforeEach, describe, expect, test } from "vitest";
import { createSchema } from "../../src/graphql/schema.js";
import { FailedLogins } from "../../src/http/failed-logins.js";
import { guard } from "../../src/http/gate.js";
import { createKey } from "../../src/services/api-key.service.js";
import { type Role, roles } from "../../src/vocabulary.js";
import { minute } from "../support/clock.js";
import { startTestServer } from "../support/server.js";
import { exchange, graphqlQuery, type Sent } from "../wire/exchange.js";
import { documentFor, rootFields, routesOf, typesBelow } from "./routes-of.js";

const reporters = ["ingest", "admin"] as const;
const readers = ["read", "admin"] as const;

/** Who may do what: every route and every root field stands here, or a test fails. */
const whoMay: Readonly<Record<string, readonly Role[] | "anybody">> = {
  "GET /healthz": "anybody",
  "GET /readyz": "anybody",
  "GET /metrics": readers,
  "GET /explorer": "anybody",
  "GET /explorer/:file": "anybody",
  "GET /graphql": roles,
  "POST /graphql": roles,
  "POST /api/v1/metrics/ws-execution": reporters,
  "POST /api/v1/metrics/bug-fix": reporters,
  "GET /api/v1/metrics/ws-executions": readers,
  "GET /api/v1/metrics/ws-executions/:id": roles,
  "GET /api/v1/metrics/dashboard": readers,
  "GET /api/v1/metrics/cost-summary": readers,
  "GET /api/v1/metrics/scoreboard": readers,
  "GET /api/v1/metrics/dashboard.svg": readers,
  "GET /api/v1/metrics/scoreboard.svg": readers,
  "GET /api/v1/metrics/openapi.json": "anybody",
  "GET /api/v1/metrics/ws-executions.csv": readers,
  "GET /api/v1/metrics/ws-executions.ndjson": readers,
  "GET /api/v1/metrics/bug-fixes.csv": readers,
  "GET /api/v1/metrics/bug-fixes.ndjson": readers,
  "GET /api/v1/metrics/llm-calls.csv": readers,
  "GET /api/v1/metrics/llm-calls.ndjson": readers,
  "GET /api/v1/metrics/metrics.csv": readers,
  "GET /api/v1/metrics/metrics.ndjson": readers,
  "GET /api/v1/metrics/report.html": readers,
  "POST /v1/logs": reporters,
  "POST /v1/traces": reporters,
  "POST /v1/metrics": reporters,
  "POST /mcp": roles,
  "Query.execution": roles,
  "Query.executions": readers,
  "Query.bugFixes": readers,
  "Query.dashboard": readers,
  "Query.scoreboard": readers,
  "Query.costSummary": readers,
  "Query.metrics": readers,
  "Query.metricCatalog": roles,
  "Mutation.startExecution": reporters,
  "Mutation.updateExecution": reporters,
  "Mutation.completeExecution": reporters,
  "Mutation.recordPhase": reporters,
  "Mutation.recordBugFix": reporters,
  "Mutation.recordLlmCalls": reporters,
  "Mutation.recordEvents": reporters,
};

const undeclared = (names: readonly string[]) => names.filter((name) => whoMay[name] === undefined);

const schema = createSchema();
const [server, routed] = await routesOf(() => startTestServer({ env: { MAX_FAILED_LOGINS: "1000000" } }));
const routes = routed.filter((route) => whoMay[route.replace("HEAD ", "GET ")] !== undefined);

const keys = new Map<Role, string>();
beforeEach(async () => {
  await exchange(server.url, { path: "/nothing" }); // forgets the keys of the test before, for the clock was set back
  for (const role of roles) {
    const wish = { name: `for ${role}`, role };
    keys.set(role, (await createKey(server.database.store.database, wish, server.clock.now())).key);
  }
  server.clock.advance(minute);
});

/** What a request is answered when it comes with a key of a role, or with none. */
async function codeFor(role: Role | undefined, sent: Sent): Promise<string | number | undefined> {
  const authorization = role && { authorization: `Bearer ${keys.get(role)}` };
  const { status, text } = await exchange(server.url, {
    ...sent,
    headers: { ...sent.headers, ...authorization },
  });
  if (sent.method === "HEAD") return { 401: "UNAUTHENTICATED", 403: "FORBIDDEN" }[status];
  if (!text.startsWith("{")) return undefined; // figures, which are text
  const { code, errors, error } = JSON.parse(text) as {
    code?: string;
    errors?: { extensions?: { code: string } }[];
    error?: { data?: { code?: string } };
  };
  return code ?? errors?.[0]?.extensions?.code ?? error?.data?.code;
}

const refusals: readonly unknown[] = ["UNAUTHENTICATED", "FORBIDDEN", 16, 7];

/** Who is not turned away. */
async function admitted(sent: Sent): Promise<readonly (Role | undefined)[]> {
  const callers = [undefined, ...roles];
  const codes = await Promise.all(callers.map((role) => codeFor(role, sent)));
  return callers.filter((_, index) => !refusals.includes(codes[index]));
}

const expected = (name: string) => {
  const allowed = whoMay[name] ?? [];
  return allowed === "anybody" ? [undefined, ...roles] : roles.filter((role) => allowed.includes(role));
};

function requestOf(route: string): Sent {
  const [method = "", path = ""] = route.split(" ");
  const to = { method, path: path.replace(":id", "x") };
  if (!["POST", "QUERY"].includes(method)) return { ...to, headers: { "apollo-require-preflight": "true" } };
  return { ...to, headers: { "content-type": "application/json" }, body: "{}" };
}

describe("a route lets in whom its row names:", () => {
  test.each(routes)("%s", async (route) => {
    expect(await admitted(requestOf(route))).toEqual(expected(route.replace("HEAD ", "GET ")));
  });

  test("every other route of the router does nothing but say that its method is not allowed", async () => {
    const others = routed.filter((route) => !routes.includes(route));

    const answers = others.map(async (route) => {
      const sent = requestOf(route);
      const headers = { ...sent.headers, authorization: `Bearer ${keys.get("admin")}` };
      const { status } = await exchange(server.url, { ...sent, headers });
      return { route, status, openTo: sent.method === "HEAD" ? [] : await codeFor(undefined, sent) };
    });

    expect(others.length).toBeGreaterThan(50);
    for (const { route, status, openTo } of await Promise.all(answers)) {
      expect({ route, status }).toEqual({ route, status: 405 });
      if (!route.startsWith("HEAD"))
        expect({ route, refused: refusals.includes(openTo) }).toEqual({ route, refused: true });
    }
  });

  test("every row stands for a route or a field that there is", () => {
    expect(
      Object.keys(whoMay).filter((name) => !routed.includes(name) && !rootFields(schema).includes(name)),
    ).toEqual([]);
  });

  test("a route that names nobody cannot be added to the server", async () => {
    const app = fastify();
    const keyring = { isLocked: async () => true, callerOf: async () => expect.fail("nobody comes") };
    guard(app, { keyring, failedLogins: new FailedLogins(1, server.clock.now), insecureNoAuth: false });

    expect(() => app.get("/backdoor", async () => "everything")).toThrow(
      "nobody said who may use GET /backdoor",
    );
    app.get("/healthz", { config: { access: "anybody" } }, async () => "alive");
    await app.close();
  });
});

describe("a root field answers whom its row names:", () => {
  test.each(rootFields(schema))("%s", async (field) => {
    expect(await admitted(graphqlQuery(documentFor(schema, field)))).toEqual(expected(field));
  });

  test("a field that nobody thought of is found", () => {
    const grown = extendSchema(schema, parse("extend type Mutation { forgetEverything: Boolean }"));

    expect(undeclared(rootFields(schema))).toEqual([]);
    expect(undeclared(rootFields(grown))).toEqual(["Mutation.forgetEverything"]);
  });

  test("the schema itself is told to every key, and to nobody without one", async () => {
    for (const document of ["{ __typename }", "{ __schema { queryType { name } } }"])
      expect(await admitted(graphqlQuery(document))).toEqual(roles);
  });
});

test("what a reporter is answered leads to no list and to no report", () => {
  const below = typesBelow(schema, "Mutation");

  expect(below).toContain("Execution");
  for (const type of ["ExecutionConnection", "Dashboard", "Scoreboard", "CostSummary", "Query"]) {
    expect(schema.getType(type), type).toBeDefined();
    expect(below).not.toContain(type);
  }
});

test("a reporter sees everything of the execution that it knows", async () => {
  const id = "3f0c0d2e-0000-4000-8000-000000000001";
  const bugFix = `executionId: "${id}", description: "a", rootCause: "b", testName: "c", fixSummary: "d", autonomous: true`;
  const inside = "phases { costUsd } cost { totalUsd byPhase { costUsd } } bugFixes { execution { id } }";
  const document = `mutation {
    startExecution(input: { id: "${id}", wsId: "WS-1", executor: "human" }) { execution { ${inside} } }
    recordBugFix(input: { ${bugFix} }) { bugFix { execution { ${inside} } } }
  }`;

  expect(await codeFor("ingest", graphqlQuery(document))).toBeUndefined();
  expect(await codeFor("ingest", graphqlQuery(`{ execution(id: "${id}") { ${inside} } }`))).toBeUndefined();
});
