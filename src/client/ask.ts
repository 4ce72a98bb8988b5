import { setTimeout as delay } from "node:timers/promises";
import { type FieldError, ReportFailure } from "./failure.js";
import type { Exchange, Reply, Transport } from "./transport.js";

/** How requests to one server are made. */
export interface AskParts {
  readonly transport: Transport;
  readonly apiKey: () => Promise<string | undefined>;
  readonly timeoutMs: number;
  readonly retries: number;
}

/** What one request may say for itself. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long it may take, all its attempts together. */
  readonly timeoutMs?: number | undefined;
}

/** A request without what every request has. */
type Question = Pick<Exchange, "method" | "path" | "headers" | "body">;

/** Sends a request, again and again while that may help, and gives the answer, whatever its status. */
export type Ask = (question: Question, options?: RequestOptions) => Promise<Reply>;

const firstPauseMs = 100;

/** Statuses that say nothing about the request itself. */
const isPassing = (status: number) => status === 408 || status === 429 || status >= 500;

/**
 * The pause after the `n`th attempt doubles, with some chance in it so that clients of one outage do not return at the
 * same moment; a server that says how long it wants to be left alone is believed, unless that is past the deadline.
 */
export function askingWith({ transport, apiKey, timeoutMs, retries }: AskParts): Ask {
  return async (question, options = {}) => {
    const key = await apiKey();
    const headers = { ...question.headers, ...(key !== undefined && { authorization: `Bearer ${key}` }) };
    const deadline = Date.now() + (options.timeoutMs ?? timeoutMs);
    const attempt = () =>
      transport.send({
        ...question,
        headers,
        timeoutMs: Math.max(1, deadline - Date.now()),
        signal: options.signal,
      });
    for (let made = 1; ; made += 1) {
      const { reply, failure } = await settled(attempt());
      const isLast = made > retries;
      if (reply !== undefined && (isLast || !isPassing(reply.status))) return reply;
      const pauseMs = retryAfterMs(reply) ?? firstPauseMs * 2 ** (made - 1) * (0.5 + Math.random());
      if (isLast || Date.now() + pauseMs >= deadline) {
        if (reply !== undefined) return reply;
        throw failure;
      }
      await delay(pauseMs, undefined, { signal: options.signal });
    }
  };
}

/** The answer, or why there was none when sending again may help. */
async function settled(attempt: Promise<Reply>): Promise<{ reply?: Reply; failure?: ReportFailure }> {
  try {
    return { reply: await attempt };
  } catch (error) {
    if (error instanceof ReportFailure) return { failure: error };
    throw error;
  }
}

/** `Retry-After` in milliseconds (RFC 9110, 10.2.3: seconds, or a date). */
function retryAfterMs(reply: Reply | undefined): number | undefined {
  const text = reply?.headers["retry-after"];
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly errors?: readonly FieldError[] };
}

const json = { "content-type": "application/json", accept: "application/json" };

/**
 * The data that a document asks for.
 * @throws ReportFailure when it was refused, or not answered
 */
export async function askGraphql(
  ask: Ask,
  url: string,
  document: { toString(): string },
  variables: unknown,
  options?: RequestOptions,
): Promise<unknown> {
  const body = JSON.stringify({ query: document.toString(), variables });
  const reply = await ask({ method: "POST", path: "/graphql", headers: json, body }, options);
  const { data, errors } = parsed(reply);
  if (errors === undefined && data !== undefined && data !== null) return data;
  throw failureOf(reply, errors?.[0], url);
}

function parsed({ body }: Reply): { readonly data?: unknown; readonly errors?: readonly GraphqlError[] } {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Codes of failures that are not the request's fault. */
const passingCodes: readonly string[] = ["UNAVAILABLE", "RATE_LIMITED", "INTERNAL_SERVER_ERROR"];

/** Whether what the server refused with this code may succeed later. */
export const isPassingCode = (code: string) => passingCodes.includes(code);

/** What refusing who asks is called, where an answer has no code. */
const keyCodes: Readonly<Record<number, string>> = { 401: "UNAUTHENTICATED", 403: "FORBIDDEN" };

/** What an answer that is none means. */
export function failureOf(reply: Reply, error: GraphqlError | undefined, url: string): ReportFailure {
  const code = error?.extensions?.code ?? keyCodes[reply.status] ?? `HTTP ${reply.status}`;
  const passes = isPassing(reply.status) || isPassingCode(code);
  const message =
    error?.message ??
    (passes
      ? `${url} answers with status ${reply.status}`
      : `${url} does not answer as ws-metrics does (status ${reply.status})`);
  return new ReportFailure(message, {
    kind: passes ? "unavailable" : "refused",
    code,
    errors: error?.extensions?.errors ?? [],
    retryAfterMs: retryAfterMs(reply),
  });
}
