import { sql } from "drizzle-orm";
import type { DatabaseServer } from "../../domain/database-url.js";
import { unavailable } from "../../errors.js";
import type { Database } from "../database.js";
import { isUnknownSetting } from "../failure.js";
import { openPool, type Pool, type PostgresOptions, type QueryListener } from "./driver.js";

/** The database cannot be used as it is; the message says why and what to do. */
export class UnusableDatabaseError extends Error {
  override readonly name = "UnusableDatabaseError";
}

/**
 * The version of PostgreSQL behind a database.
 * @throws UnusableDatabaseError when the database cannot keep every text
 */
export async function versionOf(database: Database): Promise<string> {
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

/** A primary that answered, with connections to it. */
export interface PrimaryServer {
  readonly server: DatabaseServer;
  readonly pool: Pool;
  /** Grows whenever a standby takes over from its primary. */
  readonly timeline: number;
}

/**
 * Connects to a server, or to a pooler in front of it.
 * @throws MetricsError `UNAVAILABLE` when it is a standby; whatever the driver throws, also when it does not answer
 */
export async function connectToPrimary(
  server: DatabaseServer,
  options: PostgresOptions,
  listener?: QueryListener,
): Promise<PrimaryServer> {
  const direct = await ask(server, options, false, listener).catch((error: unknown) => {
    if (isUnknownSetting(error)) return undefined; // so a pooler answers, which does not pass settings on
    throw error;
  });
  if (direct?.keepsSettings) return direct;
  void direct?.pool.destroy();
  return ask(server, options, true, listener);
}

/** What a server says of itself, within the time that a connection may take. */
async function ask(
  server: DatabaseServer,
  options: PostgresOptions,
  isShared: boolean,
  listener: QueryListener | undefined,
): Promise<PrimaryServer & { readonly keepsSettings: boolean }> {
  const pool = openPool(server, options, isShared, listener);
  const timer = setTimeout(() => void pool.destroy(), options.connectTimeoutMs);
  try {
    const { isStandby, timeline, statementTimeoutMs } = await stateOf(pool.database);
    if (isStandby) throw unavailable("The database server is a standby, which takes no writes.");
    const keepsSettings = statementTimeoutMs === options.statementTimeoutMs;
    return { server, pool, timeline: Number.parseInt(timeline, 16), keepsSettings };
  } catch (error) {
    void pool.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function stateOf(database: Database) {
  const [state] = await database
    .select({
      isStandby: sql<boolean>`pg_is_in_recovery()`,
      // The name of a WAL file begins with its timeline.
      timeline: sql<string>`case when pg_is_in_recovery() then '0' else left(pg_walfile_name(pg_current_wal_lsn()), 8) end`,
      statementTimeoutMs: sql<number>`(select setting::integer from pg_settings where name = 'statement_timeout')`,
    })
    .from(sql`(select) as one`);
  if (state === undefined) throw new Error("the database answers without a row");
  return state;
}
