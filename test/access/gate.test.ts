import { describe, expect, test } from "vitest";
import { makeKey } from "../../src/domain/api-key.js";
import { createKey, type KeyWish, revokeKey, rotateKey } from "../../src/services/api-key.service.js";
import { day, minute, second } from "../support/clock.js";
import { startTestServer, type TestServer } from "../support/server.js";

const id = "3f0c0d2e-0000-4000-8000-000000000001";
const start = { id, ws_id: "WS-1", executor: "claude_code" };
const json = { "content-type": "application/json" };

/** A key that the server has heard of, whatever it heard before the clock was set back for this test. */
async function keyOf(server: TestServer, wish: Partial<KeyWish> = {}) {
  const { store } = server.database;
  await codeOf(server, "unknown");
  const made = await createKey(
    store.database,
    { name: "a test", role: "admin", ...wish },
    server.clock.now(),
  );
  server.clock.advance(30 * second);
  return made;
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** One request through each door, with what it takes. */
const requests = {
  write: { path: "/api/v1/metrics/ws-execution", body: start },
  batch: { path: "/graphql", body: { query: `mutation { recordEvents(events: []) { index } }` } },
  telemetry: { path: "/v1/logs", body: {} },
  single: { path: `/api/v1/metrics/ws-executions/${id}` },
  list: { path: "/api/v1/metrics/ws-executions" },
  report: { path: "/api/v1/metrics/scoreboard" },
  query: { path: "/graphql", body: { query: "{ scoreboard { totalRuns } }" } },
  tool: { path: "/mcp", body: { jsonrpc: "2.0", id: 1, method: "tools/list" } },
  unknown: { path: "/nothing" },
} as const;

type Request = keyof typeof requests;

/** The code of the answer; null when it is none of refusals. */
async function codeOf(server: TestServer, request: Request, headers: Record<string, string> = {}) {
  const { path, ...rest } = requests[request];
  const sent = "body" in rest ? { method: "POST", body: JSON.stringify(rest.body) } : {};
  const { status, body } = await server.fetch(path, { ...sent, headers: { ...json, ...headers } });
  const { code, errors, error } = body as {
    code?: unknown;
    errors?: { extensions: { code: string } }[];
    error?: { data?: { code: string } };
  };
  return { status, code: errors?.[0]?.extensions.code ?? error?.data?.code ?? code ?? null };
}

describe("a server with keys", async () => {
  const server = await startTestServer();

  test.each(Object.keys(requests) as Request[])("asks for one: %s", async (request) => {
    await keyOf(server);

    const { status, code } = await codeOf(server, request);

    expect(status).toBe(401);
    expect(code).toBe(request === "telemetry" ? 16 : "UNAUTHENTICATED");
  });

  test("answers whether it is alive and ready to anybody", async () => {
    await keyOf(server);

    expect((await server.fetch("/healthz")).status).toBe(200);
    expect((await server.fetch("/readyz")).status).toBe(200);
  });

  test.each([
    ["ingest", ["write", "batch", "telemetry", "single"], ["list", "report", "query"]],
    ["read", ["single", "list", "report", "query"], ["write", "batch", "telemetry"]],
    ["admin", ["write", "batch", "telemetry", "single", "list", "report", "query"], []],
  ] as const)("a key for %s does what its role allows, and nothing else", async (role, allowed, refused) => {
    await server.post("/ws-execution", start);
    const { key } = await keyOf(server, { role });

    for (const request of allowed) {
      expect({ request, ...(await codeOf(server, request, bearer(key))) }).toMatchObject({
        request,
        code: null,
      });
    }
    for (const request of refused) {
      const { code } = await codeOf(server, request, bearer(key));
      expect({ request, code }).toEqual({ request, code: request === "telemetry" ? 7 : "FORBIDDEN" });
    }
  });

  test("knows a new key at once, and the first one after some seconds", async () => {
    await codeOf(server, "report");
    const { store } = server.database;
    const first = await createKey(store.database, { name: "first", role: "read" }, server.clock.now());
    server.clock.advance(11 * second);
    expect((await codeOf(server, "report")).status).toBe(401);
    expect((await codeOf(server, "report", bearer(first.key))).status).toBe(200);
    server.clock.advance(2 * second);
    const second_ = await createKey(store.database, { name: "second", role: "read" }, server.clock.now());

    const answer = await codeOf(server, "report", bearer(second_.key));

    expect(answer.status).toBe(200);
  });

  test.each([
    ["never made", makeKey("admin")],
    ["mistyped", "wsm_admin_000000000000000000000000000000000000"],
    ["empty", ""],
    ["of another kind", "ghp_0123456789"],
  ])("refuses a key that is %s", async (_, key) => {
    await keyOf(server);

    expect((await codeOf(server, "report", bearer(key))).status).toBe(401);
  });

  test("takes keys as a bearer token only", async () => {
    const { key } = await keyOf(server);

    expect((await codeOf(server, "report", { authorization: `bearer ${key}` })).status).toBe(200);
    expect((await codeOf(server, "report", { authorization: key })).status).toBe(401);
    expect((await codeOf(server, "report", { "x-api-key": key })).status).toBe(401);
    expect((await server.fetch(`/api/v1/metrics/scoreboard?key=${key}`)).status).toBe(401);
    const basic = Buffer.from(`${key}:`).toString("base64");
    expect((await codeOf(server, "report", { authorization: `Basic ${basic}` })).status).toBe(401);
  });

  test("a key that expires or is revoked opens nothing 30 seconds later", async () => {
    const expiring = await keyOf(server, {
      expiresAt: new Date(server.clock.now().getTime() + 2 * minute),
    });
    const revoked = await keyOf(server);
    expect((await codeOf(server, "report", bearer(revoked.key))).status).toBe(200);
    expect((await codeOf(server, "report", bearer(expiring.key))).status).toBe(200);

    await revokeKey(server.database.store.database, revoked.stored.id, server.clock.now());
    server.clock.advance(30 * second);
    const afterRevocation = await codeOf(server, "report", bearer(revoked.key));
    server.clock.advance(2 * minute);
    const afterExpiry = await codeOf(server, "report", bearer(expiring.key));

    expect([afterRevocation.status, afterExpiry.status]).toEqual([401, 401]);
  });

  test("stays locked when its last key is revoked", async () => {
    const { stored } = await keyOf(server);

    await revokeKey(server.database.store.database, stored.id, server.clock.now());
    server.clock.advance(30 * second);

    expect((await codeOf(server, "report")).status).toBe(401);
  });

  test("a rotated key goes on for a while beside the one in its place", async () => {
    const old = await keyOf(server, { role: "read", name: "the analyst" });
    const { store } = server.database;
    const until = new Date(server.clock.now().getTime() + day);

    const made = await rotateKey(store.database, old.stored.id, until, server.clock.now());

    expect(made.stored).toMatchObject({ role: "read", name: "the analyst" });
    server.clock.advance(minute);
    expect((await codeOf(server, "report", bearer(old.key))).status).toBe(200);
    expect((await codeOf(server, "report", bearer(made.key))).status).toBe(200);
    server.clock.advance(day);
    expect((await codeOf(server, "report", bearer(old.key))).status).toBe(401);
    expect((await codeOf(server, "report", bearer(made.key))).status).toBe(200);
  });

  test("keeps of a key nothing but its digest and when it was last used", async () => {
    const { key, stored } = await keyOf(server);
    await codeOf(server, "report", bearer(key));

    const row = async () => (await server.sql(`select * from api_keys where id = '${stored.id}'`))[0];

    await expect.poll(async () => (await row())?.last_used_at).not.toBeNull();
    expect(JSON.stringify(await row())).not.toContain(key.slice(-20));
  });

  test("refuses an address that came too often without a valid key", async () => {
    const { key } = await keyOf(server);
    for (let tries = 0; tries < 30; tries += 1) await codeOf(server, "report", bearer(makeKey("read")));

    const { status, code } = await codeOf(server, "report", bearer(key));

    expect({ status, code }).toEqual({ status: 429, code: "RATE_LIMITED" });
    server.clock.advance(minute);
    expect((await codeOf(server, "report", bearer(key))).status).toBe(200);
  });
});

describe.each([
  { trusted: "127.0.0.1,10.0.0.0/8", by: "the address that it names", outcome: [429, 200] },
  { trusted: "10.0.0.0/8", by: "its own address, whatever it names", outcome: [429, 429] },
])("a proxy, where $trusted are trusted,", async ({ trusted, by, outcome }) => {
  const server = await startTestServer({ env: { TRUSTED_PROXIES: trusted, MAX_FAILED_LOGINS: "3" } });

  test(`is known by ${by}`, async () => {
    const { key } = await keyOf(server);
    const from = (address: string, token: string) =>
      codeOf(server, "report", { ...bearer(token), "x-forwarded-for": address });
    for (let tries = 0; tries < 3; tries += 1) await from("203.0.113.7", makeKey("read"));

    const answers = [await from("203.0.113.7", key), await from("203.0.113.8", key)];

    expect(answers.map(({ status }) => status)).toEqual(outcome);
  });
});

describe("a key with a rate limit", async () => {
  const server = await startTestServer({ env: { RATE_LIMIT_PER_KEY: "5" } });

  test("reports so many events a minute, those of a batch each", async () => {
    const { key } = await keyOf(server);
    const headers = { ...json, ...bearer(key) };
    const events = Array.from({ length: 4 }, (_, index) => ({
      startExecution: { wsId: `WS-${index}`, executor: "human" },
    }));
    const query = "mutation ($events: [EventInput!]!) { recordEvents(events: $events) { outcome } }";
    const batch = () =>
      server.fetch("/graphql", {
        method: "POST",
        headers,
        body: JSON.stringify({ query, variables: { events } }),
      });
    await batch();

    const { body } = await batch();

    expect(body).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
    expect((await server.sql("select count(*)::integer as count from ws_executions"))[0]).toEqual({
      count: 4,
    });
    expect((await codeOf(server, "report", bearer(key))).status).toBe(200);
    server.clock.advance(minute);
    expect((await batch()).body).not.toHaveProperty("errors");
  });
});

describe("a key with a rate limit that sends many phases at once", async () => {
  const server = await startTestServer({ env: { RATE_LIMIT_PER_KEY: "5" } });

  test.each([
    [5, 201, 429],
    [4, 201, 201],
  ])("spends one event for each of %i", async (count, first, second_) => {
    const { key } = await keyOf(server);
    const phases = Array.from({ length: count }, (_, index) => ({
      ...{ event_id: `event-${index}`, name: "verify", started_at: "2026-02-23T10:00:00Z" },
    }));
    const report = { ws_id: "WS-1", executor: "human" };

    const all = await server.post("/ws-execution", { ...report, phase_metrics: { phases } }, bearer(key));
    const next = await server.post("/ws-execution", report, bearer(key));

    expect([all.status, next.status]).toEqual([first, second_]);
  });
});

describe("a server without keys", async () => {
  const server = await startTestServer();

  test.each(["http://evil.example", "null", "http://localhost.evil.example", "https://127.0.0.1.nip.io"])(
    "refuses a page from %s",
    async (origin) => {
      expect(await codeOf(server, "write", { origin })).toEqual({ status: 403, code: "FORBIDDEN" });
    },
  );

  test("lets a page of this machine in, and sends no CORS headers", async () => {
    const { status, headers } = await server.fetch(requests.report.path, {
      headers: { origin: "http://localhost:3000" },
    });

    expect(status).toBe(200);
    expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});
