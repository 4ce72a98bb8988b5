import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { connectPostgres } from "../../src/store/engine/connect.js";
import * as executions from "../../src/store/execution.repository.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { launchProcess } from "../support/process.js";

const options = { poolSize: 1, statementTimeoutMs: 5_000, connectTimeoutMs: 5_000 };

describe.runIf(onPostgres)("a PostgreSQL server with settings of its own", () => {
  test("times are read right whatever its date style and time zone", async () => {
    const database = await openTestDatabase();
    const url = database.url ?? "";
    const [{ name } = { name: "" }] = await database.sql<{ name: string }>(
      "select current_database() as name",
    );
    await database.sql(`alter database "${name}" set datestyle = 'SQL, DMY'`);
    await database.sql(`alter database "${name}" set timezone = 'Asia/Tokyo'`);
    const store = await connectPostgres(url, options);
    const startedAt = new Date("2026-02-03T10:00:00Z");

    const run = await executions.insert(store.database, {
      id: "550e8400-e29b-41d4-a716-446655440001",
      wsId: "WS-1",
      executor: "human",
      startedAt,
      createdAt: startedAt,
    });

    expect(run?.startedAt).toEqual(startedAt);
    await store.close();
    await database.close();
  });

  test("who waited for a lock sees what was written meanwhile, whatever its default isolation", async () => {
    const database = await openTestDatabase();
    const [{ name } = { name: "" }] = await database.sql<{ name: string }>(
      "select current_database() as name",
    );
    await database.sql(`alter database "${name}" set default_transaction_isolation = 'repeatable read'`);
    const store = await connectPostgres(database.url ?? "", options);

    const isolation = await store.write((db) =>
      db.select({ level: sql<string>`current_setting('transaction_isolation')` }).from(sql`(select) as one`),
    );

    expect(isolation).toEqual([{ level: "read committed" }]);
    await store.close();
    await database.close();
  });

  test("a database that cannot keep every text is refused in words", async () => {
    const database = await openTestDatabase();
    await database.sql(
      "create database latin encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'",
    );
    const url = new URL(database.url ?? "");
    url.pathname = "/latin";

    await expect(connectPostgres(url.href, options)).rejects.toThrow(/encoded in LATIN1/);
    await database.sql("drop database latin");
    await database.close();
  });

  test("a database that does not exist is named before the server gives up", async () => {
    const database = await openTestDatabase();
    const url = new URL(database.url ?? "");
    url.pathname = "/nowhere";

    const server = await launchProcess({ DATABASE_URL: url.href, START_TIMEOUT_MS: "0" });

    expect(await server.exited).toBe(1);
    expect(server.output()).toContain('database "nowhere" does not exist');
    expect(server.output()).not.toContain("Failed query");
    await database.close();
  });
});
