import type { Interval, Status, Window } from "../vocabulary.js";
import type { Change } from "./change.js";
import type { RateInterval } from "./wilson-interval.js";

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

/** What a dashboard says of the runs that started in a range; money in USD, durations in seconds. */
export interface PeriodFigures {
  readonly completedCount: number;
  readonly averageDurationSeconds: number | null;
  readonly testsWritten: number;
  readonly autonomousBugFixCount: number;
  readonly llmCostUsd: number;
  readonly averageReworkCycles: number | null;
  readonly costPerWsUsd: number | null;
}

/** Figures that say whether they rest on few runs. */
export interface Sampled {
  readonly isSmallSample: boolean;
}

/** Figures of the runs that started in a period. */
export interface Dashboard extends PeriodFigures, Sampled {
  readonly from: Date;
  readonly to: Date;
  readonly asOf: Date;
  /** How long the buckets of the trend are, and in which time zone they begin. */
  readonly interval: Interval;
  readonly timeZone: string;
  readonly trend: readonly TrendPoint[];
}

/** Figures of the period right before that of a dashboard. */
export interface PreviousPeriod extends PeriodFigures, Sampled {
  readonly from: Date;
  readonly to: Date;
}

/** How each figure of a dashboard went. */
export interface DashboardChange extends Sampled {
  readonly completedCount: Change;
  readonly averageDurationSeconds: number | null;
  readonly testsWritten: Change;
  readonly autonomousBugFixCount: Change;
  readonly llmCostUsd: Change;
  readonly averageReworkCycles: number | null;
  readonly costPerWsUsd: Change;
}

export interface StatusCount {
  readonly status: Status;
  readonly count: number;
}

/** What a scoreboard says of some runs; rates are fractions from 0 to 1. */
export interface RunFigures {
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
}

/** How far the rates among these figures can be relied on. */
export interface Certainty extends Sampled {
  readonly successRateInterval: RateInterval | null;
  readonly settledSuccessRateInterval: RateInterval | null;
  readonly firstPassVerifyRateInterval: RateInterval | null;
}

/** The figures of the runs that started in a range, as the store knows them. */
export interface WindowFigures extends Range, RunFigures {
  readonly runsByStatus: readonly StatusCount[];
}

/** Figures of the runs that started in a window that ends now. */
export interface Scoreboard extends WindowFigures, Certainty {
  readonly window: Window;
  readonly asOf: Date;
}

/** Figures of the window right before that of a scoreboard. */
export interface PreviousWindow extends RunFigures, Certainty {
  readonly from: Date;
  readonly to: Date;
}

/** How each figure of a scoreboard went. */
export interface ScoreboardChange extends Sampled {
  readonly totalRuns: Change;
  readonly completedRuns: Change;
  readonly successRate: number | null;
  readonly settledSuccessRate: number | null;
  readonly averageDurationSeconds: number | null;
  readonly p95DurationSeconds: number | null;
  readonly firstPassVerifyRate: number | null;
  readonly llmCostUsd: Change;
  readonly costPerCompletedWsUsd: Change;
  readonly autonomousBugFixCount: Change;
}

/** A report beside what it would have said of the time right before; null where there is none. */
export interface Compared<Report, Previous, Change> {
  readonly current: Report;
  readonly previous: Previous | null;
  readonly change: Change | null;
}

/** What the runs of a breakdown have in common. */
export type RunDimension = "executor" | "model" | "wp";

/** The figures of the runs that share a key, as the store knows them. */
export interface RunGroup extends RunFigures {
  /** Null for runs that have none, and for the rest. */
  readonly key: string | null;
  /** Whether it is all the runs that are in no other row. */
  readonly isRest: boolean;
  readonly settledRuns: number;
}

/** The figures of the runs that share a key; the rows of a breakdown add up to the whole. */
export interface FiguresRow extends RunGroup, Certainty {}

/** Runs in progress that nothing was heard of for long. */
export interface SilentRuns {
  readonly count: number;
  /** Those that were silent longest, that one first. */
  readonly oldestIds: readonly string[];
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
