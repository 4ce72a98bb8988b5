import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { makeKey } from "../../src/domain/api-key.js";
import { createKey } from "../../src/services/api-key.service.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { launchProcess, startProcess } from "../support/process.js";
import {
  exchange,
  graphqlPost,
  graphqlQuery,
  restGet,
  restPost,
  type Sent,
  toolCall,
} from "../wire/exchange.js";

const secret = "canary4711";
/** For what is the same on every engine. */
const onPglite = !onPostgres;
const folder = await mkdtemp(join(tmpdir(), "ws-metrics-secrets-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = { ws_id: secret, executor: "human" };
const bugFix = { ...{ description: secret, root_cause: secret, test_name: secret }, fix_summary: secret };

/** Requests through every door that hold secrets wherever a request can hold one. */
const requests: readonly Sent[] = [
  restPost("/ws-execution", run),
  restPost("/ws-execution", { ...run, [secret]: secret }),
  restPost("/ws-execution", `{"ws_id": "${secret}`),
  restPost("/bug-fix", {
    ...bugFix,
    ws_execution_id: "3f0c0d2e-0000-4000-8000-000000000001",
    autonomous: true,
  }),
  restGet(`/ws-executions?ws_id=${secret}`),
  restGet(`/ws-executions/${secret}`),
  restGet(`/scoreboard?key=${secret}`),
  { path: `/nowhere/${secret}?${secret}` },
  { path: `/%zz${secret}` },
  { method: "DELETE", path: `/graphql?${secret}` },
  graphqlQuery(`{ executions(filter: { wsId: "${secret}" }) { totalCount } }`),
  graphqlQuery(`{ ${secret} }`),
  graphqlPost({ query: "query ($id: UUID!) { execution(id: $id) { id } }", variables: { id: secret } }),
  { ...restPost("", { resourceLogs: secret }), path: "/v1/logs" },
  toolCall("report_bug_fix", { ...bugFix, execution_id: secret, [secret]: secret }),
  toolCall(secret),
  { ...restPost("", "{}"), path: "/v1/traces", headers: { "content-type": secret } },
];

function withSecrets(sent: Sent, key: string): Sent {
  const headers = { cookie: `session=${secret}`, "x-api-key": secret, referer: `http://x/${secret}` };
  return { ...sent, headers: { authorization: `Bearer ${key}`, ...headers, ...sent.headers } };
}

test.runIf(onPglite)("a server that tells all it can says nothing that was secret in a request", async () => {
  const server = await startProcess({ DATA_DIR: join(folder, "requests"), LOG_LEVEL: "trace" });
  const key = makeKey("admin");

  for (const sent of requests) await exchange(server.url, withSecrets(sent, key));
  await server.kill();

  expect(server.output()).toContain("request answered");
  expect(server.output()).not.toContain(secret);
  expect(server.output()).not.toContain(key.slice(4));
});

describe.runIf(onPostgres)("on PostgreSQL", () => {
  test("neither keys nor what was reported are told when the database fails in a way that nobody foresaw", async () => {
    const database = await openTestDatabase();
    const { key } = await createKey(database.store.database, { name: "a test", role: "admin" }, new Date());
    const server = await startProcess({ DATABASE_URL: database.url ?? "", LOG_LEVEL: "trace" });
    await database.sql(
      "alter table ws_executions add constraint foreseen_by_nobody check (executor = 'other')",
    );

    const { status } = await exchange(server.url, withSecrets(restPost("/ws-execution", run), key));
    await server.kill();
    await database.close();

    expect(status).toBe(500);
    expect(server.output()).toContain("foreseen_by_nobody");
    expect(server.output()).not.toContain(secret);
    expect(server.output()).not.toContain(key.slice(4));
  });
});

const unusable: readonly string[] = [
  `postgres://user:${secret}@nowhere.invalid:5432/x`,
  `postgres://user:${secret}@127.0.0.1:1/x`,
  `postgres://user:${secret}@[:1/x`,
  `postgres://user:${secret}@127.0.0.1:port/x`,
  `mysql://user:${secret}@127.0.0.1/x`,
];

test.runIf(onPglite)("a start whose database cannot be used does not tell its password", async () => {
  const env = { START_TIMEOUT_MS: "0", CONNECT_TIMEOUT_MS: "500", LOG_LEVEL: "trace" };
  const servers = await Promise.all(unusable.map((url) => launchProcess({ ...env, DATABASE_URL: url })));

  for (const server of servers) {
    expect(await server.exited).not.toBe(0);
    expect(server.output()).toMatch(/\S/);
    expect(server.output()).not.toContain(secret);
  }
});

test.runIf(onPostgres)("a start with the wrong password does not tell it", async () => {
  const database = await openTestDatabase();
  const url = new URL(database.url ?? "");
  url.username = "nobody";
  url.password = secret;
  const server = await launchProcess({ DATABASE_URL: url.href, START_TIMEOUT_MS: "0", LOG_LEVEL: "trace" });

  expect(await server.exited).not.toBe(0);

  await database.close();
  expect(server.output()).toContain("nobody");
  expect(server.output()).not.toContain(secret);
});
