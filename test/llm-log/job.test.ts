import { beforeEach, describe, expect, test, vi } from "vitest";
import { after, day, minute, noon } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { createLog, logIn } from "./log.js";

const aMinuteAgo = after(noon, -minute);
/** What is logged is seen within 5 seconds, on a machine that has nothing else to do. */
const soon = { timeout: 15_000, interval: 50 };

describe("a server that has an LLM log", async () => {
  const server = await startTestServer({
    prepare: ({ sql }) => createLog(sql),
    env: { LLM_LOG_TABLE: "public.llm_run" },
  });
  const log = logIn(server.sql, "llm_run");
  beforeEach(async () => {
    await server.sql("truncate llm_run");
  });

  const totalOf = async (path: string) => (await server.get(path)).body.total_llm_cost_usd;
  const readiness = async () => (await server.fetch("/readyz")).body;

  test("shows within seconds what was logged, and what changed", async () => {
    const run = await given(server).execution().completed();
    const id = await log.write({ workflow_execution_id: run.id, cost_usd: 1 });
    await vi.waitFor(async () => expect(await totalOf("/dashboard")).toBe(1), soon);

    await log.change(id, { cost_usd: 2 });

    await vi.waitFor(async () => expect(await totalOf("/scoreboard")).toBe(2), soon);
    expect((await server.get("/cost-summary")).body).toMatchObject({ log_as_of: noon });
  });

  test("says when it is ready how far the log is copied", async () => {
    await log.writeMany(3, { started_at: after(noon, -3 * day) });

    await vi.waitFor(async () => {
      expect(await readiness()).toEqual({
        status: "ready",
        llm_log: { state: "current", copied: 3, remaining: 0, as_of: noon },
      });
    }, soon);
  });

  test("stays ready while the log is away, and goes on when it is back", async () => {
    await server.sql("alter table llm_run rename to llm_run_moved");
    await vi.waitFor(
      async () => expect(await readiness()).toMatchObject({ status: "ready", llm_log: { state: "failing" } }),
      soon,
    );
    expect((await server.get("/cost-summary")).status).toBe(200);

    await server.sql("alter table llm_run_moved rename to llm_run");
    await log.write({ cost_usd: 3, started_at: aMinuteAgo });

    await vi.waitFor(async () => expect(await totalOf("/cost-summary")).toBe(3), soon);
    await vi.waitFor(
      async () => expect(await readiness()).toMatchObject({ llm_log: { state: "current" } }),
      soon,
    );
  });
});

test("a server without an LLM log says nothing of one", async () => {
  const server = await startTestServer();

  expect((await server.fetch("/readyz")).body).toEqual({ status: "ready" });
  expect((await server.get("/cost-summary")).body).toMatchObject({ log_as_of: null });
});
