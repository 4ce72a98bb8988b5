import type { PhaseName } from "../vocabulary.js";

/** One LLM call as it is reported. Token counts are disjoint: `inputTokens` are those not read from a cache. */
export interface NewLlmCall {
  /** Names the call; a repeat under the same key is the same call. */
  readonly sourceKey: string;
  /** The execution that the call says it belongs to, which may not exist yet. */
  readonly executionId?: string | undefined;
  readonly phase?: PhaseName | undefined;
  readonly documentType?: string | undefined;
  readonly provider?: string | undefined;
  readonly model: string;
  readonly startedAt: Date;
  readonly inputTokens?: number | undefined;
  readonly cacheReadTokens?: number | undefined;
  readonly cacheWrite5mTokens?: number | undefined;
  readonly cacheWrite1hTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly costUsd?: number | undefined;
}
