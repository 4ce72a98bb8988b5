import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";

/** What the log tells of a failure. */
interface Described {
  readonly type: string;
  readonly message: string;
  /** SQLSTATE, or the system's own word. */
  readonly code?: string;
  /** The failed statement, with `$1` where its parameters were. */
  readonly statement?: string;
  readonly stack?: string;
  readonly cause?: Described;
  readonly errors?: readonly Described[];
}

/**
 * Structured lines, one per event. Of a failure they tell what helps to find it and nothing else that hangs on an error:
 * the parameters of a statement and the details of a database are what somebody reported.
 */
export function openLog(level: NonNullable<LoggerOptions["level"]>, destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: describeFailure } };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** A failure without the values that it happened with. */
function describeFailure(failure: unknown): Described {
  if (!(failure instanceof Error)) return { type: typeof failure, message: "not an Error" };
  const { name, message, stack = "", cause } = failure;
  const { code, query, errors } = failure as Error & Record<"code" | "query" | "errors", unknown>;
  return {
    type: name,
    message: message.startsWith("Failed query:") ? "Failed query" : message, // the rest is the statement and its parameters
    ...(typeof code === "string" && { code }),
    ...(typeof query === "string" && { statement: query }),
    stack: framesOf(stack, message),
    ...(cause !== undefined && { cause: describeFailure(cause) }),
    ...(Array.isArray(errors) && { errors: errors.map(describeFailure) }),
  };
}

/** A stack begins with the message, which may hold what we do not tell. */
function framesOf(stack: string, message: string): string {
  const at = stack.indexOf(message);
  return at === -1 ? "" : stack.slice(at + message.length).trimStart();
}
