/**
 * Every error a client can see. One catalogue, spelled `extensions.code` by GraphQL and `code` in a problem
 * document (RFC 9457) by REST.
 */
export const catalogue = {
  BAD_USER_INPUT: { status: 422, title: "A value breaks a rule" },
  UNAUTHENTICATED: { status: 401, title: "A valid key is needed" },
  FORBIDDEN: { status: 403, title: "The key does not allow this" },
  NOT_FOUND: { status: 404, title: "There is nothing here" },
  METHOD_NOT_ALLOWED: { status: 405, title: "The method is not allowed here" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "The media type is not supported" },
  CONFLICT: { status: 409, title: "The request contradicts what is stored" },
  PAYLOAD_TOO_LARGE: { status: 413, title: "The request is too large" },
  QUERY_TOO_COMPLEX: { status: 400, title: "The query is too complex" },
  RATE_LIMITED: { status: 429, title: "Too many requests" },
  UNAVAILABLE: { status: 503, title: "The service is unavailable for the moment" },
  INTERNAL_SERVER_ERROR: { status: 500, title: "Something went wrong on the server" },
} as const;

export type ErrorCode = keyof typeof catalogue;

/** One broken rule: where (`input.startedAt`, empty for the whole) and what would be right. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

interface Details {
  readonly errors?: readonly FieldError[];
  /** Overrides the catalogue's HTTP status, e.g. 400 when a body is not JSON at all. */
  readonly status?: number;
  /** Extra HTTP headers, e.g. `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An error whose code and message are meant for the client. Anything else is masked at the door. */
export class MetricsError extends Error {
  override readonly name = "MetricsError";
  readonly errors: readonly FieldError[];
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: Details = {},
  ) {
    super(message, { cause: details.cause });
    this.errors = details.errors ?? [];
    this.status = details.status ?? catalogue[code].status;
    this.headers = details.headers ?? {};
  }
}

/** What the program was started with is not usable; the message is for the operator and lists every problem. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** `BAD_USER_INPUT` with all the broken rules in its message and in `errors`. */
export function badUserInput(errors: readonly FieldError[], details: Details = {}): MetricsError {
  const sentences = errors.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  return new MetricsError("BAD_USER_INPUT", sentences.join("; "), { ...details, errors });
}

/** The first `limit` mistakes, each once; and that there are more, if there are. */
export function listed(mistakes: Iterable<FieldError>, limit: number): readonly FieldError[] {
  const once = new Map<string, FieldError>(); // two checks may say the same
  for (const mistake of mistakes) {
    once.set(`${mistake.path}\n${mistake.message}`, mistake);
    if (once.size <= limit) continue;
    const rest = { path: "", message: `There is more that is wrong; an answer lists ${limit} mistakes.` };
    return [...[...once.values()].slice(0, limit), rest];
  }
  return [...once.values()];
}

export function notFound(what: string): MetricsError {
  return new MetricsError("NOT_FOUND", what);
}

export function conflict(message: string): MetricsError {
  return new MetricsError("CONFLICT", message);
}

/** Nothing is known to have been stored; the same request may be sent again after `Retry-After` seconds. */
export function unavailable(message: string, cause?: unknown): MetricsError {
  return new MetricsError("UNAVAILABLE", message, { cause, headers: { "retry-after": "1" } });
}

/**
 * `UNSUPPORTED_MEDIA_TYPE` for a body whose type the door does not read.
 * @param accepted the media types it reads, in words
 */
export function unsupportedMediaType(accepted: string): MetricsError {
  return new MetricsError("UNSUPPORTED_MEDIA_TYPE", `The body must be sent as ${accepted}.`);
}

/** What a client is told about `error`: itself when it was meant for clients, else a mask that leaks nothing. */
export function explain(error: unknown): MetricsError {
  if (error instanceof MetricsError) return error;
  return new MetricsError(
    "INTERNAL_SERVER_ERROR",
    "Something went wrong on the server; the request id finds it in the log.",
    {
      cause: error,
    },
  );
}
