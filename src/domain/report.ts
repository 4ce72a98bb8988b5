import type { Status, Window } from "../vocabulary.js";

/** Half-open `[from, to)`; without `from` it has no lower bound. */
export interface Range {
  readonly from: Date | null;
  readonly to: Date;
}

export interface TrendPoint {
  readonly start: Date;
  readonly end: Date;
  readonly completedCount: number;
  readonly llmCostUsd: number;
  readonly costPerWsUsd: number | null;
}

/** Figures of the runs that started in a period; money in USD, durations in seconds. */
export interface Dashboard {
  readonly from: Date;
  readonly to: Date;
  readonly asOf: Date;
  readonly completedCount: number;
  readonly averageDurationSeconds: number | null;
  readonly testsWritten: number;
  readonly autonomousBugFixCount: number;
  readonly llmCostUsd: number;
  readonly averageReworkCycles: number | null;
  readonly costPerWsUsd: number | null;
  readonly trend: readonly TrendPoint[];
}

export interface StatusCount {
  readonly status: Status;
  readonly count: number;
}

/** Figures of the runs that started in a window that ends now; rates are fractions from 0 to 1. */
export interface Scoreboard {
  readonly window: Window;
  readonly from: Date | null;
  readonly to: Date;
  readonly asOf: Date;
  readonly totalRuns: number;
  readonly completedRuns: number;
  readonly successRate: number | null;
  readonly settledSuccessRate: number | null;
  readonly averageDurationSeconds: number | null;
  readonly p95DurationSeconds: number | null;
  readonly firstPassVerifyRate: number | null;
  readonly llmCostUsd: number;
  readonly costPerCompletedWsUsd: number | null;
  readonly autonomousBugFixCount: number;
  readonly runsByStatus: readonly StatusCount[];
}

/** One row of a breakdown; a null key holds what belongs nowhere. */
export interface CostRow {
  readonly key: string | null;
  readonly costUsd: number;
  readonly callCount: number;
  readonly executionCount: number;
}

/** What was spent in a range; every breakdown sums to `totalUsd`. */
export interface CostSummary {
  readonly from: Date | null;
  readonly to: Date;
  readonly asOf: Date;
  /** Whatever the external log held before is in the figures; null until that was read to its end once. */
  readonly logAsOf: Date | null;
  readonly totalUsd: number;
  readonly unattributedUsd: number;
  readonly unpricedCallCount: number;
  /** The models of the calls whose cost is not known, in order. */
  readonly unpricedModels: readonly string[];
  readonly byDocumentType: readonly CostRow[];
  readonly byWs: readonly CostRow[];
  readonly byDate: readonly CostRow[];
  readonly byModel: readonly CostRow[];
  readonly byPhase: readonly CostRow[];
  readonly bySource: readonly CostRow[];
}
