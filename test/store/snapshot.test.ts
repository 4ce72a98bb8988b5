import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { countMatching } from "../../src/store/execution-list.repository.js";
import { onPostgres, openTestDatabase } from "../support/database.js";

const database = await openTestDatabase();
beforeEach(() => database.reset());
afterAll(() => database.close());

const insertRun = () =>
  database.sql(
    "insert into ws_executions (id, ws_id, executor, status, started_at) values (gen_random_uuid(), 'WS-1', 'human', 'STARTED', now())",
  );

describe("a snapshot", () => {
  test.runIf(onPostgres)("does not see what is written while it is read", async () => {
    await insertRun();

    const counts = await database.store.snapshot(async (db) => {
      const before = await countMatching(db, {});
      await insertRun();
      return [before, await countMatching(db, {})];
    });

    expect(counts).toEqual([1, 1]);
    expect(await database.store.read((db) => countMatching(db, {}))).toBe(2);
  });

  test("changes nothing", async () => {
    await insertRun();

    const change = database.store.snapshot((db) => db.execute(sql`delete from ws_executions`));

    await expect(change).rejects.toThrow();
    expect(await database.store.read((db) => countMatching(db, {}))).toBe(1);
  });
});
