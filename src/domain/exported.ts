import type { CallSource, PhaseName } from "../vocabulary.js";
import type { BugFix } from "./bug-fix.js";
import type { ExecutionCost } from "./cost.js";
import type { Execution } from "./execution.js";

/** A part of everything that matches, in an order of a value and an id, after which the next part begins. */
export interface ExportedPage<Item, Place> {
  readonly items: readonly Item[];
  /** Where the next page begins; undefined after the last one. */
  readonly next: Place | undefined;
}

/** A run with all that belongs to it. */
export interface ExportedExecution {
  readonly execution: Execution;
  readonly bugFixes: readonly BugFix[];
  readonly cost: ExecutionCost;
}

/** Which LLM calls; absent fields do not restrict. Times are half-open `[startedFrom, startedTo)`. */
export interface LlmCallFilter {
  readonly startedFrom?: Date | undefined;
  readonly startedTo?: Date | undefined;
  readonly executionId?: string | undefined;
  /** Of the run that made the call, as are the next two. */
  readonly wsId?: string | undefined;
  readonly wpId?: string | undefined;
  readonly executor?: string | undefined;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly documentType?: string | undefined;
  readonly source?: CallSource | undefined;
  /** Whether it belongs to a known run. */
  readonly attributed?: boolean | undefined;
  /** Whether its cost is known. */
  readonly priced?: boolean | undefined;
}

/** An LLM call as it is stored; null is what was never said. Token counts are disjoint. */
export interface StoredLlmCall {
  readonly sourceKey: string;
  readonly source: CallSource;
  /** The run it belongs to. */
  readonly executionId: string | null;
  /** The run it said it belongs to, which may not exist. */
  readonly claimedExecutionId: string | null;
  readonly executorSessionId: string | null;
  readonly phase: PhaseName | null;
  readonly documentType: string | null;
  readonly provider: string | null;
  readonly model: string;
  readonly startedAt: Date;
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWrite5mTokens: number | null;
  readonly cacheWrite1hTokens: number | null;
  readonly outputTokens: number | null;
  /** The cost that counts: the reported one, else the computed one. */
  readonly costUsd: number | null;
  readonly reportedCostUsd: number | null;
  readonly computedCostUsd: number | null;
  readonly priceVersion: string | null;
  readonly createdAt: Date;
}

/** The place of a call in the order of the latest first; ties are in the order of their source keys. */
export type LlmCallPlace = Pick<StoredLlmCall, "startedAt" | "sourceKey">;
