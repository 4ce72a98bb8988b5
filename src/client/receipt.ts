import type { FieldError, ReportFailure } from "./failure.js";
import type { Outcome } from "./gql/graphql.js";

/** What became of an event; `SPOOLED` waits on disk for the server. */
export type ReportOutcome = Outcome | "SPOOLED";

/** That an event is recorded, or safe on disk. */
export interface Receipt {
  readonly outcome: ReportOutcome;
  /** The run it is about; undefined for a call that names none. */
  readonly executionId: string | undefined;
  /** The event's own id: of the execution, the phase's event, the bug fix, or the call's source key. */
  readonly id: string;
  /** Why it waits, when it does. */
  readonly failure?: ReportFailure | undefined;
}

/** Why the server refuses an event. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly errors: readonly FieldError[];
}

/** What became of one event of several: exactly one of `outcome` and `error` is there. */
export interface EventReceipt extends Omit<Receipt, "outcome"> {
  readonly outcome: ReportOutcome | undefined;
  readonly error: Refusal | undefined;
}
