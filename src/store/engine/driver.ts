import type { Socket } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { DatabaseServer } from "../../domain/database-url.js";
import type { Database } from "../database.js";
import { openSocket } from "./server-socket.js";

/** How a server is connected to. */
export interface PostgresOptions {
  /** Connections of this process. */
  readonly poolSize: number;
  /** After this long the server gives up on a statement, in milliseconds. */
  readonly statementTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

/** Sees the SQL of every statement; for tests that count them. */
export type QueryListener = (statement: string) => void;

/** Connections to one database. */
export interface Pool {
  readonly database: Database;
  /** How many there are at most. */
  readonly connections: number;
  /** Makes the settings of a connection hold in a transaction of it, where they do not hold by themselves. */
  readonly prepareTransaction?: (db: Database) => Promise<unknown>;
  /**
   * How often the database said that a commit no longer waits for the synchronous standby. Such a commit is reported
   * as if it had succeeded, and may be lost when the standby takes over.
   */
  readonly abandonedWaits: () => number;
  /** Closes when what goes on has ended, but soon. */
  close(): Promise<void>;
  /** Ends every connection at once; whatever goes on fails. */
  destroy(): Promise<void>;
}

type Client = postgres.Sql;
type Scope = postgres.TransactionSql;

const reconnectPauseSeconds = 0.25;
const closeTimeoutSeconds = 1;
/** A connection that is silent for so long is asked by the system whether the other end is still there. */
const keepAliveSeconds = 15;
/** The routine of PostgreSQL that a commit waits in for the synchronous standby. */
const standbyWait = "SyncRepWaitForLSN";

/** What holds for each connection, whatever the server or role prefers. */
const settingsWithin = ({ statementTimeoutMs }: PostgresOptions) => ({
  // Who waited for a lock has to see what the one before wrote.
  default_transaction_isolation: "read committed" as const,
  // Compiling a report takes longer than what it saves.
  jit: "off",
  statement_timeout: statementTimeoutMs,
  idle_in_transaction_session_timeout: statementTimeoutMs,
});

const logger = (listener: QueryListener | undefined) => (listener ? { logQuery: listener } : false);

/**
 * Connections to a PostgreSQL server, made when they are needed.
 * @param isShared whether a pooler (pgbouncer) hands out another of its connections for each transaction: then the
 * settings are made in every transaction, and statements have no names
 */
export function openPool(
  server: DatabaseServer,
  options: PostgresOptions,
  isShared: boolean,
  listener?: QueryListener,
): Pool {
  const sockets = new Set<Socket>();
  let isDestroyed = false;
  let abandonedWaits = 0;
  const nextSocket = async () => {
    for (const known of sockets) if (known.destroyed) sockets.delete(known);
    const socket = await openSocket(server, options.connectTimeoutMs);
    if (isDestroyed) return socket.destroy(); // the driver may still be about to connect
    sockets.add(socket);
    return socket;
  };
  const client = postgres(server.url, {
    max: options.poolSize,
    connect_timeout: options.connectTimeoutMs / 1000,
    keep_alive: keepAliveSeconds,
    // The driver's own pauses between attempts grow to 20 s, long after a server is back.
    backoff: () => reconnectPauseSeconds,
    prepare: !isShared,
    // The driver asks for types of arrays, which we have none of, and when it is not answered takes the process down.
    fetch_types: false,
    onnotice: ({ routine }) => {
      if (routine === standbyWait) abandonedWaits += 1;
    },
    ssl: false, // our sockets are encrypted already, where they have to be
    ...{ socket: nextSocket }, // the driver's types do not know it, its manual does
    connection: {
      application_name: "ws-metrics",
      // Times are read as ISO 8601 in UTC.
      DateStyle: "ISO, YMD",
      TimeZone: "UTC",
      ...(isShared ? {} : settingsWithin(options)),
    },
  });
  return {
    database: drizzlePostgres(endingTransactions(sendingInTurn(client)), { logger: logger(listener) }),
    connections: options.poolSize,
    ...(isShared && { prepareTransaction: settingIn(options) }),
    abandonedWaits: () => abandonedWaits,
    // A transaction that lost its connection never ends, and is not waited for.
    close: () => client.end({ timeout: closeTimeoutSeconds }),
    destroy: async () => {
      isDestroyed = true;
      await client.end({ timeout: 0 });
      for (const socket of sockets) socket.destroy(); // who is frozen never answers that we hang up
    },
  };
}

/** What is left to do in a transaction whose connection ended. */
class LostTransactionError extends Error {
  readonly code = "CONNECTION_CLOSED";
}

/**
 * A client that sends nothing more of a transaction whose connection ended: postgres.js would send it on whatever the
 * connection is used for next, in the midst of another transaction.
 */
function endingTransactions(client: Client): Client {
  const begin = async <T>(work: (scope: Scope) => T | Promise<T>) => {
    let isOver = false;
    try {
      return await client.begin((scope) => work(endingScope(scope, () => isOver)));
    } finally {
      isOver = true;
    }
  };
  return new Proxy(client, {
    get: (target, name) => (name === "begin" ? begin : Reflect.get(target, name)),
  });
}

/**
 * A client that sends a statement over a connection only when that is free: postgres.js would send it after one that
 * may take long, or wait for a lock, while another connection gets free.
 */
function sendingInTurn(client: Client): Client {
  const alone = { onexecute: () => false }; // as the driver's own transactions take a connection for themselves
  const unsafe = (...[query, parameters, options]: Parameters<Client["unsafe"]>) =>
    client.unsafe(query, parameters, { ...options, ...alone });
  return new Proxy(client, {
    get: (target, name) => (name === "unsafe" ? unsafe : Reflect.get(target, name)),
  });
}

function endingScope(scope: Scope, isOver: () => boolean): Scope {
  const savepoint = <T>(work: (inner: Scope) => T | Promise<T>) =>
    scope.savepoint((inner) => work(endingScope(inner, isOver)));
  return new Proxy(scope, {
    get: (target, name) => {
      if (isOver()) throw new LostTransactionError("The connection of the transaction ended.");
      return name === "savepoint" ? savepoint : Reflect.get(target, name);
    },
  });
}

function settingIn(options: PostgresOptions): (db: Database) => Promise<unknown> {
  const { default_transaction_isolation, ...others } = settingsWithin(options);
  const statements = [
    `set transaction isolation level ${default_transaction_isolation}`,
    ...Object.entries(others).map(([name, value]) => `set local ${name} = ${value}`),
  ];
  return (db) => db.execute(sql.raw(statements.join("; ")));
}

/** The client of an embedded PostgreSQL. */
export type EmbeddedClient = PGlite;

/** Opens the embedded PostgreSQL that keeps its data in `folder`; what `loadDataDir` holds is where a new one begins. */
export function openEmbeddedClient(folder: string, loadDataDir?: Blob): Promise<EmbeddedClient> {
  return PGlite.create(folder, loadDataDir && { loadDataDir });
}

/** The one connection to an embedded PostgreSQL. */
export function embeddedPool(client: EmbeddedClient, listener?: QueryListener): Pool {
  return {
    database: drizzlePglite(client, { logger: logger(listener) }),
    connections: 1,
    abandonedWaits: () => 0,
    close: () => client.close(),
    destroy: () => client.close(),
  };
}
