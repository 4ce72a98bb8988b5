import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { MetricsError } from "../../errors.js";
import type { Database, Store } from "../database.js";
import { isWorthRetrying, translateFailure } from "../failure.js";
import { endingWhenLost } from "../lost-connection.js";
import { makeWhole } from "./embedded-folder.js";

/** How often a transaction that lost a race is run in all. */
const maxAttempts = 5;

const reconnectPauseSeconds = 0.25;
const closeTimeoutSeconds = 1;

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
    write: (work) => attempt(() => endingWhenLost((watch) => database.transaction((db) => watch(work(db))))),
    close,
  };
}

const logger = (listener: QueryListener | undefined) => (listener ? { logQuery: listener } : false);

/** The database cannot be used as it is; the message says why and what to do. */
class UnusableDatabaseError extends Error {
  override readonly name = "UnusableDatabaseError";
}

/**
 * The server's version.
 * @throws UnusableDatabaseError when the database cannot keep every text
 */
async function versionOf(database: Database): Promise<string> {
  const [row] = await database
    .select({
      version: sql<string>`split_part(current_setting('server_version'), ' ', 1)`,
      encoding: sql<string>`current_setting('server_encoding')`,
    })
    .from(sql`(select) as one`);
  if (row?.encoding === "UTF8") return row.version;
  throw new UnusableDatabaseError(
    `The database is encoded in ${row?.encoding}, which cannot keep every text; make one with: createdb --encoding UTF8 --template template0 NAME`,
  );
}

/**
 * A PostgreSQL server at `url`.
 * @throws MetricsError `UNAVAILABLE` when it does not answer; UnusableDatabaseError
 */
export async function connectPostgres(
  url: string,
  options: PostgresOptions,
  listener?: QueryListener,
): Promise<Store> {
  const client = postgres(url, {
    max: options.poolSize,
    connect_timeout: options.connectTimeoutMs / 1000,
    // The driver's own pauses between attempts grow to 20 s, long after a server is back.
    backoff: () => reconnectPauseSeconds,
    onnotice: () => {},
    connection: {
      application_name: "ws-metrics",
      // Whatever the server or role prefers, times are read as ISO 8601 in UTC.
      DateStyle: "ISO, YMD",
      TimeZone: "UTC",
      // Who waited for a lock has to see what the one before wrote.
      default_transaction_isolation: "read committed",
      // Compiling a report takes longer than what it saves.
      jit: "off",
      statement_timeout: options.statementTimeoutMs,
      idle_in_transaction_session_timeout: options.statementTimeoutMs,
    },
  });
  const database = drizzlePostgres(client, { logger: logger(listener) });
  try {
    return storeOver(`PostgreSQL ${await versionOf(database)}`, database, () =>
      // A transaction that lost its connection never ends, and is not waited for.
      client.end({ timeout: closeTimeoutSeconds }),
    );
  } catch (error) {
    await client.end({ timeout: 0 });
    const failure = translateFailure(error);
    if (failure instanceof MetricsError || failure instanceof UnusableDatabaseError) throw failure;
    throw new UnusableDatabaseError("The database that DATABASE_URL names cannot be used.", { cause: error });
  }
}

/** The embedded PostgreSQL over a client that is open already; the store closes it. */
export async function embeddedStore(client: PGlite, listener?: QueryListener): Promise<Store> {
  const database = drizzlePglite(client, { logger: logger(listener) });
  return storeOver(`PGlite (PostgreSQL ${await versionOf(database)})`, database, () => client.close());
}

/** The embedded PostgreSQL with its data in `folder`, which must belong to this process alone. */
export async function openEmbedded(folder: string, listener?: QueryListener): Promise<Store> {
  await makeWhole(folder, async (draft, loadDataDir) => {
    const client = await PGlite.create(draft, loadDataDir && { loadDataDir });
    await client.close();
  });
  return embeddedStore(await PGlite.create(folder), listener);
}
