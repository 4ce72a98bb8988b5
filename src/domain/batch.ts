import type { ErrorCode, FieldError } from "../errors.js";
import type { Outcome } from "../vocabulary.js";

/** Why one item of a batch was refused, while the others were not. */
export interface ItemError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly errors: readonly FieldError[];
}

/** What became of one event of a batch: an outcome, or an error. */
export interface EventResult {
  readonly index: number;
  readonly outcome: Outcome | null;
  readonly executionId: string | null;
  readonly error: ItemError | null;
}

/** What became of one LLM call of a batch: an outcome, or an error. */
export interface LlmCallResult {
  readonly sourceKey: string;
  readonly outcome: Outcome | null;
  readonly error: ItemError | null;
}
