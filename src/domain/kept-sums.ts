import type { SpendGrain } from "./grain.js";

/** One sum that is not what its facts add up to. */
export interface SumDifference {
  /** The table it is kept in. */
  readonly table: string;
  /** How long the time is that it is the sum of. */
  readonly grain: SpendGrain;
  /** Where that time begins; what is of all time begins in the year 1. */
  readonly startAt: Date;
  /** The column; of a count of durations with the bucket. */
  readonly measure: string;
  /** How much too much is kept, exactly as the database says it; negative when it is too little. */
  readonly excess: string;
}
