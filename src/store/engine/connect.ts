import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database, Store } from "../database.js";
import { isWorthRetrying, translateFailure } from "../failure.js";

/** How often a transaction that lost a race is run in all. */
const maxAttempts = 5;

export interface PostgresOptions {
  /** Connections of this process. */
  readonly poolSize: number;
  /** After this long the server gives up on a statement, in milliseconds. */
  readonly statementTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

/** Sees the SQL of every statement; for tests that count them. */
export type QueryListener = (statement: string) => void;

function storeOver(engine: string, database: Database, close: () => Promise<void>): Store {
  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isWorthRetrying(error) || attempts === maxAttempts) throw translateFailure(error);
      }
    }
  }
  return {
    engine,
    database,
    read: (work) => attempt(() => work(database)),
    write: (work) => attempt(() => database.transaction(work)),
    close,
  };
}

const logger = (listener: QueryListener | undefined) => (listener ? { logQuery: listener } : false);

/** The server's version, in words; fails when the server does not answer. */
async function versionOf(database: Database): Promise<string> {
  const [row] = await database
    .select({ version: sql<string>`current_setting('server_version')` })
    .from(sql`(select) as one`);
  return row?.version.split(" ")[0] ?? "unknown";
}

/**
 * A PostgreSQL server at `url`.
 * @throws MetricsError `UNAVAILABLE` when it does not answer
 */
export async function connectPostgres(
  url: string,
  options: PostgresOptions,
  listener?: QueryListener,
): Promise<Store> {
  const client = postgres(url, {
    max: options.poolSize,
    connect_timeout: options.connectTimeoutMs / 1000,
    onnotice: () => {},
    connection: {
      application_name: "ws-metrics",
      statement_timeout: options.statementTimeoutMs,
      idle_in_transaction_session_timeout: options.statementTimeoutMs,
    },
  });
  const database = drizzlePostgres(client, { logger: logger(listener) });
  try {
    return storeOver(`PostgreSQL ${await versionOf(database)}`, database, () => client.end());
  } catch (error) {
    await client.end({ timeout: 0 });
    throw translateFailure(error);
  }
}

/** The embedded PostgreSQL over a client that is open already; the store closes it. */
export async function embeddedStore(client: PGlite, listener?: QueryListener): Promise<Store> {
  const database = drizzlePglite(client, { logger: logger(listener) });
  return storeOver(`PGlite (PostgreSQL ${await versionOf(database)})`, database, () => client.close());
}

/** The embedded PostgreSQL with its data in `folder`, which must belong to this process alone. */
export async function openEmbedded(folder: string, listener?: QueryListener): Promise<Store> {
  return embeddedStore(await PGlite.create(folder), listener);
}
