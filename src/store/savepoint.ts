import type { Database } from "./database.js";
import { isWorthRetrying, translateFailure } from "./failure.js";
import { endingWhenLost } from "./lost-connection.js";

/** Runs a part of a transaction that can fail, and be undone, on its own; a lost race undoes the whole of it. */
export async function savepoint<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await endingWhenLost((watch) => db.transaction((inner) => watch(work(inner))));
  } catch (error) {
    throw isWorthRetrying(error) ? error : translateFailure(error);
  }
}
