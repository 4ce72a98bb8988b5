import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { connectPostgres } from "../../src/store/engine/connect.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { type Habit, openPooler } from "./pooler.js";

const options = { poolSize: 2, statementTimeoutMs: 700, connectTimeoutMs: 2_000 };
const habits: readonly Habit[] = ["refuses", "swallows"];

describe.runIf(onPostgres)("a pooler in front of the database", () => {
  test.each(habits)(
    "that %s the settings of a connection has them made in every transaction",
    async (habit) => {
      const database = await openTestDatabase();
      const url = new URL(database.url ?? "");
      const pooler = await openPooler(url, habit);
      url.host = `127.0.0.1:${pooler.port}`;
      const store = await connectPostgres(url.href, options);
      onTestFinished(async () => {
        await store.close();
        pooler.close();
        await database.close();
      });
      const setting = { limit: sql<string>`current_setting('statement_timeout')` };

      expect(store.engine).toContain("behind a connection pooler");
      expect(await store.write((db) => db.select(setting).from(sql`(select) as one`))).toEqual([
        { limit: "700ms" },
      ]);
      expect(await store.read((db) => db.select(setting).from(sql`(select) as one`))).toEqual([
        { limit: "700ms" },
      ]);
      const isolation = { level: sql<string>`current_setting('transaction_isolation')` };
      expect(await store.snapshot((db) => db.select(isolation).from(sql`(select) as one`))).toEqual([
        { level: "repeatable read" },
      ]);
      await expect(store.read((db) => db.execute(sql`select pg_sleep(3)`))).rejects.toMatchObject({
        code: "UNAVAILABLE",
      });
    },
  );
});
