import type { FieldError } from "../errors.js";

/** A call of a tool that failed in a way that the model can do something about, or at least should know of. */
export class ToolFailure extends Error {
  override readonly name = "ToolFailure";

  constructor(
    readonly code: string,
    message: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
  }
}

/** What to call next. */
const advice: Readonly<Record<string, string>> = {
  NOT_FOUND: "Call start_work_statement first, or give the execution_id that it returned.",
  CONFLICT: "Call get_execution to see what is recorded; leave that as it is.",
  BAD_USER_INPUT: "Correct what is named and call the tool again.",
  FORBIDDEN: "This key may not do that; go on with the work and tell the user.",
  UNAUTHENTICATED: "The key is not valid; go on with the work and tell the user.",
  UNAVAILABLE:
    "Nothing is known to be stored: call again with the same ids in a moment, and go on with the work.",
  RATE_LIMITED: "Call again with the same ids in a minute, and go on with the work.",
};

/** What a model is told of a failure. */
export function told({ code, message, errors }: ToolFailure): string {
  const sentences = errors.map(({ path, message: rule }) => `${path} ${rule}`.trim());
  const what = sentences.length > 0 ? sentences.join("; ") : message;
  return [`${code}: ${what}`, advice[code] ?? "Go on with the work and tell the user."].join("\n");
}
