import type { PhaseName } from "../vocabulary.js";
import type { ComputedCost, TokenUsage } from "./price.js";

/** Stands where telemetry or a log does not say which model it was: the call is spend all the same. */
export const unknownModel = "unknown";

/** One LLM call as it is reported. */
export interface NewLlmCall extends TokenUsage {
  /** Names the call; a repeat under the same key is the same call. */
  readonly sourceKey: string;
  /** The execution that the call says it belongs to, which may not exist yet. */
  readonly executionId?: string | undefined;
  /** The executor's own session, which finds the execution of a call that names none. */
  readonly executorSessionId?: string | undefined;
  readonly phase?: PhaseName | undefined;
  readonly documentType?: string | undefined;
  readonly provider?: string | undefined;
  readonly model: string;
  readonly startedAt: Date;
  readonly costUsd?: number | undefined;
}

/** A call with what its tokens cost, where that is known. */
export type PricedLlmCall = NewLlmCall & Partial<ComputedCost>;

/** A row of the external log, as a call. */
export interface LoggedLlmCall extends NewLlmCall {
  /** Changes with anything the row says. */
  readonly sourceFingerprint: string;
}
