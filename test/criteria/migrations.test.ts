import { afterAll, expect, test } from "vitest";
import journal from "../../drizzle/meta/_journal.json" with { type: "json" };
import { migrate, rollback } from "../../src/store/migration/migrations.js";
import { openTestDatabase } from "../support/database.js";

const { store, sql, close } = await openTestDatabase();
afterAll(close);

const quietly = () => {};

async function tables(): Promise<unknown[]> {
  const rows = await sql(
    "select table_name from information_schema.tables where table_schema = 'public' order by 1",
  );
  return rows.map(({ table_name }) => table_name);
}

test("criterion 9: migrations apply and roll back cleanly", async () => {
  const migrated = await tables();
  expect(migrated).toEqual(
    expect.arrayContaining([
      "ws_executions",
      "ws_bug_fixes",
      "ws_phases",
      "llm_calls",
      "ws_execution_sessions",
    ]),
  );

  for (const _ of journal.entries) await rollback(store.database, {}, quietly);
  const rolledBack = await tables();
  await migrate(store.database, quietly);
  const migratedAgain = await tables();

  expect(rolledBack).toEqual([]);
  expect(migratedAgain).toEqual(migrated);
});
