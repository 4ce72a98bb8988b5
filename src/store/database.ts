import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

/**
 * A handle that runs SQL, whichever engine is behind it: the pool, or one open transaction. Code that is given
 * one uses it for everything, so that it can run inside whatever transaction its caller holds.
 */
export type Database = PgDatabase<PgQueryResultHKT>;

/** A database that is open. Its failures are catalogue errors: `UNAVAILABLE` when it is away. */
export interface Store {
  /** What is behind it, in words: `PostgreSQL 15.18`. */
  readonly engine: string;
  /** The pool itself, for work that manages its own transactions; another one after a failover. */
  readonly database: Database;
  /** How much can be worked on at once. */
  readonly connections: number;
  /** Runs `work` outside a transaction; for single statements. */
  read<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction in which every statement sees the data as of one moment, and none changes it. */
  snapshot<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction and resolves only after its commit. `work` may run again from the start
   * when the database asks for it (deadlock, serialization failure), so it must have no other effect.
   */
  write<T>(work: (db: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
