import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { after, day } from "../support/clock.js";
import { onPostgres, openTestDatabase, type TestDatabase } from "../support/database.js";
import { type ServerProcess, startProcess } from "../support/process.js";
import { createLog, logIn, type TestLog } from "./log.js";

const soon = { timeout: 20_000, interval: 20 };

describe.runIf(onPostgres)("two server processes beside one log", () => {
  let database: TestDatabase;
  let log: TestLog;
  let one: ServerProcess;
  let other: ServerProcess;
  const now = () => new Date().toISOString();

  beforeAll(async () => {
    database = await openTestDatabase();
    await createLog(database.sql);
    log = logIn(database.sql, "llm_run");
    await log.writeMany(6_000, { started_at: after(now(), -30 * day), cost_usd: 0.001 });
    await log.writeMany(3_000, { started_at: now(), cost_usd: 0.001 });
    const env = { DATABASE_URL: database.url ?? "", LOG_LEVEL: "info", LLM_LOG_TABLE: "public.llm_run" };
    [one, other] = await Promise.all([startProcess(env), startProcess(env)]);
  });

  afterAll(async () => {
    await Promise.all([one.kill(), other.kill()]);
    await database.close();
  });

  const countCalls = async () => {
    const [row] = await database.sql("select count(*) as calls, sum(cost_usd)::text as cost from llm_calls");
    return row;
  };
  const llmLogOf = async (server: ServerProcess) =>
    (await server.fetch("/readyz")).body.llm_log as { readonly remaining: number | null };
  /** The one whose turn it is, and the other; only the one knows how many rows are to be read. */
  const inTurn = async () => {
    const [first, second] = await Promise.all([one, other].map(llmLogOf));
    expect([first?.remaining, second?.remaining].sort()).toEqual([0, null]);
    return first?.remaining === 0 ? ([one, other] as const) : ([other, one] as const);
  };

  test("copy every row once between them, and both know how far", async () => {
    await vi.waitFor(async () => {
      for (const server of [one, other]) {
        expect(await llmLogOf(server)).toMatchObject({ state: "current", copied: 9_000 });
      }
    }, soon);

    expect(await countCalls()).toEqual({ calls: 9_000, cost: "9.000000" });
    expect(one.output() + other.output()).toContain("The LLM log is copied as of");
  });

  test("one that is killed while it copies is succeeded; one that is stopped gives its turn back", async () => {
    const [holder, next] = await inTurn();
    await log.writeMany(3_000, { started_at: now(), cost_usd: 0.001 });
    await vi.waitFor(async () => expect((await countCalls())?.calls).toBeGreaterThan(9_000), soon);
    await holder.kill("SIGKILL");
    await vi.waitFor(
      async () => expect(await countCalls()).toEqual({ calls: 12_000, cost: "12.000000" }),
      soon,
    );

    await log.writeMany(3_000, { started_at: now(), cost_usd: 0.001 });
    await vi.waitFor(async () => expect((await countCalls())?.calls).toBeGreaterThan(12_000), soon);

    expect(await next.kill("SIGTERM")).toBe(0);
    expect(await database.sql("select holder from llm_log_copies")).toEqual([{ holder: null }]);
  });
});
