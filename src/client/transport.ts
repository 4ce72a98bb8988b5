import * as http from "node:http";
import * as https from "node:https";
import { ReportFailure } from "./failure.js";

/** One request to the server. */
export interface Exchange {
  readonly method: "GET" | "POST";
  /** Below the server's URL, such as `/graphql`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** The request is given up this long after it began. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What the server answered, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A way to one server that keeps its connections open between requests. */
export interface Transport {
  /** @throws ReportFailure `unavailable` when there was no answer; the signal's reason when it was aborted */
  send(exchange: Exchange): Promise<Reply>;
  close(): void;
}

/** An answer larger than this is not one of ours. */
const maxReplyBytes = 64 * 1024 * 1024;

/**
 * `node:http` and not `fetch`, which takes longer to load than a whole command may.
 * @param url where the server is; a path is kept as a prefix
 */
export function openTransport(url: string): Transport {
  const base = new URL(url);
  const prefix = base.pathname.replace(/\/+$/, "");
  const { request, Agent } = base.protocol === "https:" ? https : http;
  const agent = new Agent({ keepAlive: true });

  async function send({ method, path, headers, body, timeoutMs, signal }: Exchange): Promise<Reply> {
    signal?.throwIfAborted();
    const deadline = AbortSignal.timeout(timeoutMs);
    const until = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    const sent = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    try {
      return await new Promise<Reply>((resolve, reject) => {
        const options = {
          agent,
          method,
          path: `${prefix}${path}`,
          headers: { ...headers, ...sent },
          signal: until,
        };
        request(base, options, (response) => {
          replyOf(response).then(resolve, reject);
        })
          .on("error", reject)
          .end(body);
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (deadline.aborted)
        throw unanswered(url, `did not answer within ${timeoutMs} ms`, "ETIMEDOUT", error);
      const code = codeOf(error);
      throw unanswered(url, `cannot be reached (${code})`, code, error);
    }
  }

  return { send, close: () => agent.destroy() };
}

async function replyOf(response: http.IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxReplyBytes) throw Object.assign(new Error("too large an answer"), { code: "EMSGSIZE" });
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString("utf8");
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

const unanswered = (url: string, what: string, code: string, cause: unknown) =>
  new ReportFailure(`${url} ${what}`, { kind: "unavailable", code, cause });

/** What the system calls an error; of several addresses that failed, the first. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error ? String(error.code) : "no answer";
}
