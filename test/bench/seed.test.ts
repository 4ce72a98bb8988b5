import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadData, SeededError } from "../../bench/seed/load.js";
import { chunksOf, runIdOf } from "../../bench/seed/seed-plan.js";
import * as attribution from "../../src/store/attribution.repository.js";
import * as executions from "../../src/store/execution.repository.js";
import { noon } from "../support/clock.js";
import { openTestDatabase } from "../support/database.js";

const plan = { seed: 1, executions: 200, callsDays: 365, until: new Date(noon) };
const database = await openTestDatabase();
afterAll(() => database.close());

const rowsOf = (table: string, key: string, without: readonly string[] = []) =>
  database.sql(
    `select to_jsonb(stored) ${without.map((column) => `- '${column}'`).join(" ")} as row from ${table} as stored order by ${key}`,
  );

/** Everything that was loaded, but the order in which it arrived. */
const everything = async () => ({
  executions: await rowsOf("ws_executions", "id"),
  phases: await rowsOf("ws_phases", "event_id", ["id"]),
  fixes: await rowsOf("ws_bug_fixes", "id"),
  sessions: await rowsOf("ws_execution_sessions", "ws_execution_id"),
  calls: await rowsOf("llm_calls", "source_key"),
});

async function count(query: string): Promise<number> {
  const [row] = await database.sql<{ count: number }>(`select count(*) as count from ${query}`);
  return Number(row?.count);
}

describe("Generated data", () => {
  let loaded: Awaited<ReturnType<typeof everything>>;
  beforeAll(async () => {
    await loadData(database.store, plan);
    loaded = await everything();
  });

  test("are what the product itself would have derived from their phases and calls", async () => {
    const ids = Array.from({ length: plan.executions }, (_, run) => runIdOf(plan.seed, run));

    await database.store.write(async (db) => {
      for (const id of ids) await executions.derive(db, [id]);
      await attribution.refreshSums(db, ids);
    });

    expect(loaded.executions).toHaveLength(plan.executions);
    expect((await everything()).executions).toEqual(loaded.executions);
  });

  test("attribute the calls of sessions as the product does", async () => {
    const runs = await database.sql<{ id: string; started_at: string }>(
      "select ws_execution_id as id, started_at from ws_execution_sessions join ws_executions on id = ws_execution_id",
    );

    const moved = await database.store.write(async (db) => {
      const touched: string[] = [];
      for (const { id, started_at } of runs) {
        const startedAt = new Date(started_at);
        touched.push(...(await attribution.reattribute(db, id, [startedAt, startedAt])));
      }
      return touched;
    });

    expect(runs.length).toBeGreaterThan(0);
    expect(moved).toEqual([]);
  });

  test("hold every status, every phase, rework, failures, bug fixes, and calls of every kind", async () => {
    expect(await count("(select distinct status from ws_executions) as known")).toBe(5);
    expect(await count("(select distinct name, result from ws_phases) as known")).toBeGreaterThan(8);
    expect(await count("ws_executions where rework_cycles > 0")).toBeGreaterThan(0);
    expect(await count("ws_bug_fixes where autonomous")).toBeGreaterThan(0);
    expect(
      await count("ws_executions where cost_source = 'EXECUTOR_REPORTED' or llm_cost_usd > 0"),
    ).toBeGreaterThan(0);
    expect(await count("llm_calls where cost_usd is null")).toBeGreaterThan(0);
    expect(
      await count("llm_calls where ws_execution_id is null and claimed_execution_id is null"),
    ).toBeGreaterThan(0);
    expect(
      await count("llm_calls where ws_execution_id is not null and claimed_execution_id is null"),
    ).toBeGreaterThan(0);
    expect(await count("ws_phases where ws_execution_id not in (select id from ws_executions)")).toBe(0);
    expect(await count("llm_calls")).toBeGreaterThan(15 * plan.executions);
  });

  test("never tell of what is still to come", async () => {
    const [last] = await database.sql<{ at: Date }>(`
      select greatest((select max(coalesce(completed_at, started_at)) from ws_executions),
        (select max(coalesce(completed_at, started_at)) from ws_phases), (select max(started_at) from llm_calls),
        (select max(created_at) from ws_bug_fixes)) as at`);

    expect(new Date(String(last?.at)).getTime()).toBeLessThanOrEqual(plan.until.getTime());
  });

  test("are refused twice in one database", async () => {
    await expect(loadData(database.store, plan)).rejects.toThrow(SeededError);
  });

  test("are the same whenever they are made", async () => {
    await database.reset();

    await loadData(database.store, plan);

    expect(await everything()).toEqual(loaded);
  });
});

test("Chunks hold every run once, and none has both runs with and without calls", () => {
  const chunks = chunksOf({ ...plan, executions: 1_000, callsDays: 73 }, 300);

  expect(chunks).toEqual([
    { from: 0, to: 300 },
    { from: 300, to: 600 },
    { from: 600, to: 800 },
    { from: 800, to: 1_000 },
  ]);
});
