import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { parseDatabaseUrl } from "../../domain/database-url.js";
import { MetricsError, unavailable } from "../../errors.js";
import type { Database, Store } from "../database.js";
import { isAway, isWorthRetrying, translateFailure } from "../failure.js";
import { endingWhenLost } from "../lost-connection.js";
import { UnusableDatabaseError, versionOf } from "./database-server.js";
import {
  type EmbeddedClient,
  embeddedPool,
  openEmbeddedClient,
  type Pool,
  type PostgresOptions,
  type QueryListener,
} from "./driver.js";
import { makeWhole } from "./embedded-folder.js";
import { Primary } from "./primary.js";

export type { QueryListener } from "./driver.js";

/** How often a transaction that lost a race is run in all. */
const maxAttempts = 5;
/** Work that takes longer makes one ask whether the server is still there, and again after the same time. */
const suspiciousMs = 2_000;

/** Where the connections for a piece of work come from. */
interface Connections {
  /** Those of the latest work. */
  readonly latest: Pool;
  pool(): Promise<Pool>;
  /** Notes that `pool` may lead nowhere. */
  suspect(pool: Pool): void;
  close(): Promise<void>;
}

function storeOver(engine: string, connections: Connections): Store {
  /** Runs `work`, again when it lost a race; while it takes long, and when it fails, the server is doubted. */
  async function attempt<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
    for (let attempts = 1; ; attempts += 1) {
      const pool = await connections.pool();
      const doubt = setInterval(() => connections.suspect(pool), suspiciousMs);
      try {
        return await work(pool);
      } catch (error) {
        if (isAway(error)) connections.suspect(pool);
        if (!isWorthRetrying(error) || attempts === maxAttempts) throw translateFailure(error);
      } finally {
        clearInterval(doubt);
      }
    }
  }

  function transaction<T>({ database, prepareTransaction }: Pool, work: (db: Database) => Promise<T>) {
    return endingWhenLost((watch) =>
      database.transaction((db) =>
        watch(prepareTransaction === undefined ? work(db) : prepareTransaction(db).then(() => work(db))),
      ),
    );
  }

  return {
    engine,
    get database() {
      return connections.latest.database;
    },
    get connections() {
      return connections.latest.connections;
    },
    read: (work) =>
      attempt((pool) =>
        pool.prepareTransaction === undefined ? work(pool.database) : transaction(pool, work),
      ),
    snapshot: (work) => attempt((pool) => transaction(pool, (db) => atOneMoment(db).then(() => work(db)))),
    write: (work) => attempt((pool) => certainly(pool, () => transaction(pool, work))),
    close: () => connections.close(),
  };
}

const atOneMoment = (db: Database) =>
  db.execute(sql`set transaction isolation level repeatable read, read only`);

/** What was committed while a commit gave up waiting for the standby may be lost, so it is not reported as stored. */
async function certainly<T>(pool: Pool, commit: () => Promise<T>): Promise<T> {
  const before = pool.abandonedWaits();
  const result = await commit();
  if (pool.abandonedWaits() === before) return result;
  throw unavailable("Whether the standby has it is not known. Send the same request again.");
}

/**
 * The primary among the PostgreSQL servers that `url` names.
 * @throws MetricsError `UNAVAILABLE` when none answers; UnusableDatabaseError
 */
export async function connectPostgres(
  url: string,
  options: PostgresOptions,
  listener?: QueryListener,
): Promise<Store> {
  const primary = new Primary(parseDatabaseUrl(url) ?? [], options, listener);
  try {
    const { database, prepareTransaction } = await primary.pool();
    return storeOver(
      `PostgreSQL ${await versionOf(database)}${prepareTransaction ? " behind a connection pooler" : ""}`,
      primary,
    );
  } catch (error) {
    await primary.close();
    const failure = translateFailure(error);
    if (failure instanceof MetricsError || failure instanceof UnusableDatabaseError) throw failure;
    throw new UnusableDatabaseError("The database that DATABASE_URL names cannot be used.", { cause: error });
  }
}

/**
 * Statements of the embedded engine run in this very thread. Between two of them time limits have to be able to pass and
 * requests to come in: after the second of these, both had their turn.
 */
async function turn(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/** The embedded PostgreSQL over a client that is open already; the store closes it. */
export async function embeddedStore(client: EmbeddedClient, listener?: QueryListener): Promise<Store> {
  const latest = embeddedPool(client, listener);
  const pool = async () => {
    await turn();
    return latest;
  };
  const connections = { latest, pool, suspect: () => {}, close: latest.close };
  return storeOver(`PGlite (PostgreSQL ${await versionOf(latest.database)})`, connections);
}

/** The embedded PostgreSQL with its data in `folder`, which must belong to this process alone. */
export async function openEmbedded(folder: string, listener?: QueryListener): Promise<Store> {
  await makeWhole(folder, async (draft, loadDataDir) => {
    const client = await openEmbeddedClient(draft, loadDataDir);
    await client.close();
  });
  return embeddedStore(await openEmbeddedClient(folder), listener);
}
