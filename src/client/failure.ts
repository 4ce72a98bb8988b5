/** A value that breaks a rule of the server. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What a failure is, beside its message. */
export interface FailureDetails {
  /** `unavailable`: the same request may succeed later; `refused`: it never will as it is. */
  readonly kind: "unavailable" | "refused";
  /** The server's error code, or that of the network, such as `ECONNREFUSED`. */
  readonly code: string;
  readonly errors?: readonly FieldError[];
  /** How long the server asked to be left alone. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A request that was not answered with what was asked for. */
export class ReportFailure extends Error {
  override readonly name = "ReportFailure";
  readonly kind: FailureDetails["kind"];
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { kind, code, errors = [], retryAfterMs, cause }: FailureDetails) {
    super(message, { cause });
    this.kind = kind;
    this.code = code;
    this.errors = errors;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Whether sending the same again may help. */
export const isUnavailable = (error: unknown): error is ReportFailure =>
  error instanceof ReportFailure && error.kind === "unavailable";
