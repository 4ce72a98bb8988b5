import type { Status } from "../vocabulary.js";
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

/** What a run is of, and who works on it; fixed for its lifetime. */
export interface Identity {
  readonly wsId: string;
  readonly executor: string;
}

/** A merge patch (RFC 7396) of a document: named keys replace, null removes, absent keys stay. */
export type MergePatch<Document> = { readonly [Key in keyof Document]?: Document[Key] | null | undefined };

/** A partial update of an execution; an absent field stays as it is. */
export interface ExecutionChange {
  readonly wpId?: string | undefined;
  readonly scopeId?: string | undefined;
  readonly executorSessionId?: string | undefined;
  readonly status?: Status | undefined;
  readonly startedAt?: Date | undefined;
  /** Goes with a final status only. */
  readonly completedAt?: Date | undefined;
  readonly testMetrics?: MergePatch<TestMetrics> | undefined;
  readonly fileMetrics?: MergePatch<FileMetrics> | undefined;
  readonly reworkCycles?: number | undefined;
  readonly llmCalls?: number | undefined;
  readonly llmTokensIn?: number | undefined;
  readonly llmTokensOut?: number | undefined;
  readonly llmCostUsd?: number | undefined;
  readonly llmModel?: string | undefined;
}
