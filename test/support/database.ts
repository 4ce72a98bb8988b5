import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";
import { inject } from "vitest";
import type { Store } from "../../src/store/database.js";
import { connectPostgres, embeddedStore, type QueryListener } from "../../src/store/engine/connect.js";
import { createDatabase, dropDatabase, urlOf } from "./engines/postgres.databases.js";
import type { ProvidedDatabase } from "./engines/provided.js";

type Provided<Engine> = Extract<ProvidedDatabase, { engine: Engine }>;
type Row = Record<string, unknown>;
type Parameter = string | number | boolean | Date | null;

/** A migrated database of its own, with the store that a server would use on it. */
export interface TestDatabase {
  readonly store: Store;
  /** For more stores or processes on the same data; PGlite has none. */
  readonly url: string | undefined;
  /** Rows as somebody with a SQL prompt reads them; `numeric` comes as text, counts as numbers. */
  sql<Columns extends Row = Row>(query: string, params?: readonly Parameter[]): Promise<Columns[]>;
  /** Empties every table of the product. */
  reset(): Promise<void>;
  /** Closes the store and drops the data. */
  close(): Promise<void>;
}

/** For what needs several connections: `describe.runIf(onPostgres)`. */
export const onPostgres = inject("database").engine === "postgres";

const tablesOfTheProduct = `
  select string_agg(format('%I', tablename), ', ' order by tablename not in ('run_sum_changes', 'spend_marks')) as names
  from pg_tables
  where schemaname = 'public' and (tablename like 'ws\\_%' or tablename like 'spend\\_%' or tablename in ('llm_calls', 'api_keys', 'llm_log_copies', 'repricings', 'run_sums', 'run_sum_changes', 'duration_sums'))
    and tablename <> 'ws_metrics_migrations'`;

function emptier(sql: TestDatabase["sql"]): () => Promise<void> {
  let names: Promise<unknown> | undefined;
  return async () => {
    names ??= sql(tablesOfTheProduct).then(([row]) => row?.names);
    await sql(`truncate ${await names} restart identity cascade`);
  };
}

async function openPglite({ dump }: Provided<"pglite">, listener?: QueryListener): Promise<TestDatabase> {
  const client = await PGlite.create({ loadDataDir: new Blob([await readFile(dump)]) });
  const store = await embeddedStore(client, listener);
  const sql = async <Columns>(query: string, params: readonly Parameter[] = []) =>
    (await client.query<Columns>(query, [...params])).rows;
  return {
    store,
    url: undefined,
    sql,
    reset: emptier(sql),
    close: async () => {
      if (!client.closed) await store.close();
    },
  };
}

async function openPostgres(
  { server, template }: Provided<"postgres">,
  listener?: QueryListener,
): Promise<TestDatabase> {
  const name = `ws_metrics_test_${randomUUID().replaceAll("-", "")}`;
  await createDatabase(server, name, template);
  const url = urlOf(server, name);
  const options = { poolSize: 10, statementTimeoutMs: 20_000, connectTimeoutMs: 10_000 };
  const store = await connectPostgres(url, options, listener);
  const client = postgres(url, {
    max: 1,
    onnotice: () => {},
    types: { count: { to: 20, from: [20], parse: Number, serialize: String } },
  });
  const sql = async <Columns extends Row>(query: string, params: readonly Parameter[] = []) => [
    ...(await client.unsafe<Columns[]>(query, [...params])),
  ];
  return {
    store,
    url,
    sql,
    reset: emptier(sql),
    close: async () => {
      await Promise.all([client.end(), store.close()]);
      await dropDatabase(server, name);
    },
  };
}

/** A fresh, migrated, empty database on the engine of this run; `listener` sees every statement of its store. */
export function openTestDatabase(listener?: QueryListener): Promise<TestDatabase> {
  const provided = inject("database");
  return provided.engine === "pglite" ? openPglite(provided, listener) : openPostgres(provided, listener);
}
