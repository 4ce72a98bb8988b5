import type { SumDifference } from "../domain/kept-sums.js";
import type { Database } from "./database.js";
import * as runSums from "./run-sum.repository.js";
import * as spendSums from "./spend-sum.repository.js";

/** Sums that the database keeps of some tables, so that reports need not read those. */
export interface KeptSums {
  /** The tables in which a fold leaves room to be freed, all of them small. */
  readonly tables: readonly string[];
  /** So many changes one transaction folds in about a second, where that is less than what a fold is asked for. */
  readonly mostAtOnce?: number;
  /** Adds at most `limit` waiting changes to the sums, and resolves to how many; none while somebody else does. */
  fold(db: Database, limit: number): Promise<number>;
  /** Where sums and waiting changes together are not what they are the sums of, as of one moment. */
  differences(db: Database): Promise<readonly SumDifference[]>;
  /** Makes them right; in a transaction. */
  rebuild(db: Database): Promise<void>;
}

/** All sums that are kept: whoever folds or checks them goes through this list. */
export const allKeptSums: readonly KeptSums[] = [runSums, spendSums];
