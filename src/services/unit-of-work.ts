import type { PriceBook } from "../domain/price.js";
import type { Limits } from "../limits.js";
import type { Database } from "../store/database.js";
import { savepoint } from "../store/savepoint.js";

/** What an operation works with: its transaction, and the one clock reading of its request. */
export interface UnitOfWork {
  readonly db: Database;
  readonly now: Date;
  readonly limits: Limits;
  readonly prices: PriceBook;
  /** Aborted when the caller was answered already; long work looks at it now and then. */
  readonly deadline: AbortSignal;
}

/** Does a part of a unit of work that can fail, and be undone, on its own. */
export function inSavepoint<T>(work: UnitOfWork, part: (work: UnitOfWork) => Promise<T>): Promise<T> {
  return savepoint(work.db, (db) => part({ ...work, db }));
}
