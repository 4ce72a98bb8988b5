import {
  PgDatabase,
  PgDialect,
  type PgPreparedQuery,
  PgSession,
  type PreparedQueryConfig,
} from "drizzle-orm/pg-core";
import type { Database } from "./database.js";

/** What a session prepares a statement from: its text, the columns of its answer, and more. */
type Prepared = Parameters<PgSession["prepareQuery"]>;

/** A session that sends nothing, and remembers what it was asked to prepare. */
class Recorder extends PgSession {
  prepared: Prepared | undefined;
  /** What the query builder makes of the prepared statement: it notes on it which columns of the answer may be missing. */
  readonly noted = { setToken: () => this.noted };

  override prepareQuery<Config extends PreparedQueryConfig>(...prepared: Prepared): PgPreparedQuery<Config> {
    this.prepared = prepared;
    return this.noted as unknown as PgPreparedQuery<Config>; // it is never executed
  }

  override transaction(): never {
    throw new Error("nothing is sent while a statement is built");
  }
}

/**
 * A statement that is built once, and sent from then on with other values over whatever handle it is given, the pool or
 * a transaction: building it takes the process longer than all else about it.
 * @param build prepares it by name, with `sql.placeholder` for its values
 */
export function builtOnce<Config extends PreparedQueryConfig>(
  build: (db: Database) => PgPreparedQuery<Config>,
): (db: Database) => PgPreparedQuery<Config> {
  let built: ReturnType<typeof record> | undefined;
  return (db) => {
    built ??= record(build);
    return Object.assign(db._.session.prepareQuery<Config>(...built.prepared), built.notes);
  };
}

function record(build: (db: Database) => unknown) {
  const dialect = new PgDialect();
  const recorder = new Recorder(dialect);
  build(new PgDatabase(dialect, recorder, undefined));
  const { prepared } = recorder;
  const { setToken, ...notes } = recorder.noted;
  if (prepared === undefined) throw new Error("a statement that is built once is one that is prepared");
  return { prepared, notes };
}
