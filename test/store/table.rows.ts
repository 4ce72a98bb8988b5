import type { TestDatabase } from "../support/database.js";

const id = "019c8a4e-0000-7000-8000-000000000001";

/** A value that fits a required column, by its type. */
const values: Readonly<Record<string, string>> = {
  uuid: `'${id}'`,
  "character varying": "'something'",
  text: "'something'",
  boolean: "true",
  integer: "1",
  bigint: "1",
  smallint: "1",
  numeric: "1",
  "double precision": "1",
  jsonb: "'{}'",
  bytea: "'\\x00'",
  date: "'2026-02-23'",
  "timestamp with time zone": "'2026-02-23T12:00:00Z'",
};

/** Columns that take certain words only. */
const words: Readonly<Record<string, string>> = {
  "api_keys.role": "'read'",
  "llm_calls.source": "'api'",
  "run_sums.grain": "'day'",
  "spend_sums.grain": "'day'",
  "ws_phases.name": "'implement'",
};

const ledger = "ws_metrics_migrations";

/** The tables that migrations made, in no particular order. */
async function tablesOf(sql: TestDatabase["sql"]): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> '${ledger}'`,
  );
  return rows.map(({ name }) => name);
}

/** The rows of every table, as JSON, by table. */
export async function rowsOf(sql: TestDatabase["sql"]): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const table of await tablesOf(sql)) {
    rows[table] = await sql(`select to_jsonb(t) as row from "${table}" t order by t::text`);
  }
  return rows;
}

async function insertRow(sql: TestDatabase["sql"], table: string): Promise<void> {
  const columns = await sql<{ name: string; type: string }>(
    `select column_name::text as name, data_type::text as type from information_schema.columns
     where table_schema = 'public' and table_name = $1
       and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER'`,
    [table],
  );
  const names = columns.map(({ name }) => `"${name}"`);
  const row = columns.map(({ name, type }) => words[`${table}.${name}`] ?? values[type]);
  const said = names.length === 0 ? "default values" : `(${names}) values (${row})`;
  await sql(`insert into "${table}" ${said}`);
}

/** Gives every table that has none a row, tables that are referred to before those that refer to them. */
export async function fillTables(sql: TestDatabase["sql"]): Promise<void> {
  for (;;) {
    const empty = Object.entries(await rowsOf(sql)).filter(([, rows]) => rows.length === 0);
    if (empty.length === 0) return;
    const attempts = [];
    for (const [table] of empty) attempts.push(...(await Promise.allSettled([insertRow(sql, table)])));
    const failures = attempts.filter((attempt) => attempt.status === "rejected");
    if (failures.length === empty.length) {
      const names = empty.map(([table]) => table).join(", ");
      throw new Error(`No row fits ${names}; teach this file the words it takes.`, {
        cause: failures[0]?.reason,
      });
    }
  }
}
