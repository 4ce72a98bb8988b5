import type { CostSource, Status } from "../vocabulary.js";
import type { Phase } from "./phase.js";

/** Counts of tests; effective values, each derived from the phases where the executor never reported it. */
export interface TestMetrics {
  readonly written: number;
  readonly passing: number;
  readonly failing: number;
  readonly skipped: number;
}

/** Paths of files the run touched. */
export interface FileMetrics {
  readonly created: readonly string[];
  readonly modified: readonly string[];
  readonly deleted: readonly string[];
}

/** One run of a Work Statement, as its readers see it. Times are instants, money is USD. */
export interface Execution {
  readonly id: string;
  readonly wsId: string;
  readonly wpId: string | null;
  readonly scopeId: string | null;
  readonly executor: string;
  readonly status: Status;
  readonly startedAt: Date;
  readonly completedAt: Date | null;
  /** `completedAt - startedAt` in whole seconds, rounded down. */
  readonly durationSeconds: number | null;
  readonly phases: readonly Phase[];
  readonly testMetrics: TestMetrics;
  readonly fileMetrics: FileMetrics;
  readonly reworkCycles: number;
  readonly llmCalls: number;
  readonly llmTokensIn: number;
  readonly llmTokensOut: number;
  /** What the executor itself reported. */
  readonly llmCostUsd: number | null;
  readonly llmModel: string | null;
  readonly createdAt: Date;
}

/** What an execution cost, and on whose authority. */
export interface ExecutionCost {
  readonly totalUsd: number | null;
  readonly source: CostSource;
  readonly loggedUsd: number | null;
  readonly reportedUsd: number | null;
  /** `loggedUsd - reportedUsd`; null unless both are known. */
  readonly differenceUsd: number | null;
  readonly callCount: number;
  readonly unpricedCallCount: number;
  readonly unattributedToPhaseUsd: number | null;
  /** Cost by the `eventId` of the phase it belongs to; null where it is not known. */
  readonly byPhase: ReadonlyMap<string, number | null>;
}
