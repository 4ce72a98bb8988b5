import type { ComputedCost } from "./price.js";
import { microsOf, usdOf } from "./usd.js";

/** What a repricing found: calls, and executions whose totals may have a price because they name a model. */
export interface RepricingCounts {
  readonly callCount: number;
  /** Calls whose computed cost became another one. */
  readonly changedCallCount: number;
  /** Those of them that had none before. */
  readonly newlyPricedCallCount: number;
  /** Calls and executions that keep a computed cost whose price is not known any more. */
  readonly unknownPriceCount: number;
  readonly executionCount: number;
  readonly changedExecutionCount: number;
  /** By how much the cost that counts changed, in USD. */
  readonly differenceUsd: number;
}

/** One pass over everything that is priced, as far as it got. */
export interface Repricing extends RepricingCounts {
  readonly id: number;
  readonly priceVersion: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** The last call and the last execution that were looked at. */
  readonly lastSourceKey: string | null;
  readonly lastExecutionId: string | null;
}

/** Nothing, so far. */
export const noCounts: RepricingCounts = {
  callCount: 0,
  changedCallCount: 0,
  newlyPricedCallCount: 0,
  unknownPriceCount: 0,
  executionCount: 0,
  changedExecutionCount: 0,
  differenceUsd: 0,
};

/** A pass after it found more. */
export function advanced(pass: Repricing, found: RepricingCounts): Repricing {
  return {
    ...pass,
    callCount: pass.callCount + found.callCount,
    changedCallCount: pass.changedCallCount + found.changedCallCount,
    newlyPricedCallCount: pass.newlyPricedCallCount + found.newlyPricedCallCount,
    unknownPriceCount: pass.unknownPriceCount + found.unknownPriceCount,
    executionCount: pass.executionCount + found.executionCount,
    changedExecutionCount: pass.changedExecutionCount + found.changedExecutionCount,
    differenceUsd: usdOf(microsOf(pass.differenceUsd) + microsOf(found.differenceUsd)),
  };
}

/** What a change did to the cost that counts. */
export interface CostDifference {
  /** Null for the total of a run that counts no more, because a call of the run has a cost now. */
  readonly model: string | null;
  readonly micros: bigint;
}

/** A computed cost as it is stored. */
export type StoredCost = { readonly [Name in keyof ComputedCost]: ComputedCost[Name] | null };

/** A stored cost that is another one by the prices of now, or the same by another version of them. */
export interface Repriced<Row extends StoredCost> {
  readonly row: Row;
  readonly computed: ComputedCost;
  /** Whether it is another cost, and not the same by another version. */
  readonly isChanged: boolean;
  /** By how many micro-dollars. */
  readonly micros: bigint;
}

/** What the prices of now say to stored costs. */
export interface Verdict<Row extends StoredCost> {
  readonly repriced: readonly Repriced<Row>[];
  /** How many keep a cost whose price is not known any more. */
  readonly unknownPriceCount: number;
}

/** Compares stored costs with those of now; one whose price is not known stays as it is. */
export function compare<Row extends StoredCost>(
  rows: readonly Row[],
  costOf: (row: Row) => ComputedCost | null | undefined,
): Verdict<Row> {
  const repriced: Repriced<Row>[] = [];
  let unknownPriceCount = 0;
  for (const row of rows) {
    const computed = costOf(row);
    const before = row.computedCostUsd;
    if (!computed) {
      if (before !== null) unknownPriceCount += 1;
      continue;
    }
    const isChanged = computed.computedCostUsd !== before;
    const micros = microsOf(computed.computedCostUsd) - microsOf(before ?? 0);
    if (isChanged || computed.priceVersion !== row.priceVersion)
      repriced.push({ row, computed, isChanged, micros });
  }
  return { repriced, unknownPriceCount };
}
