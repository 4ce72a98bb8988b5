import type { Limits } from "../limits.js";
import type { Database } from "../store/database.js";
import { isWorthRetrying, translateFailure } from "../store/failure.js";

/** What an operation works with: its transaction, and the one clock reading of its request. */
export interface Scope {
  readonly db: Database;
  readonly now: Date;
  readonly limits: Limits;
}

/** Runs a part of a transaction that can fail, and be undone, on its own; a lost race undoes the whole of it. */
export async function inSavepoint<T>(scope: Scope, work: (scope: Scope) => Promise<T>): Promise<T> {
  try {
    return await scope.db.transaction((db) => work({ ...scope, db }));
  } catch (error) {
    throw isWorthRetrying(error) ? error : translateFailure(error);
  }
}
