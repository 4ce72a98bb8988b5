import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { expectDescribed } from "../support/contract.js";

/** A request as it stands on the wire, which no client library has tidied up. */
export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** An answer that may be no text. */
export interface ReceivedBytes extends Received {
  readonly bytes: Buffer;
}

/** Sends one request on a connection of its own. */
export function exchange(
  url: string,
  { method = "GET", path, headers = {}, body }: Sent,
): Promise<ReceivedBytes> {
  return new Promise((resolve, reject) => {
    const isPlain = body !== undefined && !("content-encoding" in headers);
    const sent = isPlain ? Buffer.from(body).toString() : undefined;
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const outgoing = request(new URL(url), {
      method,
      path,
      headers: { ...length, ...headers },
      agent: false,
    });
    outgoing.once("error", reject);
    outgoing.once("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.once("error", reject);
      incoming.once("end", () => {
        const { statusCode: status = 0, headers } = incoming;
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString();
        try {
          expectDescribed({ method, path, body: sent, status, contentType: headers["content-type"], text });
          resolve({ status, headers, bytes, text });
        } catch (error) {
          reject(error);
        }
      });
    });
    outgoing.end(body);
  });
}

const json = { "content-type": "application/json" };

/** `path` below `/api/v1/metrics`. */
export const restPost = (path: string, body: unknown): Sent => ({
  method: "POST",
  path: `/api/v1/metrics${path}`,
  headers: json,
  body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
});

export const restGet = (path: string): Sent => ({ path: `/api/v1/metrics${path}` });

export const graphqlPost = (body: unknown): Sent => ({
  method: "POST",
  path: "/graphql",
  headers: json,
  body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
});

export const graphqlQuery = (query: string, variables?: unknown): Sent => graphqlPost({ query, variables });

/** One message to the tools of models, as clients of the protocol of 2025 send it. */
export const mcpPost = (message: object): Sent => ({
  method: "POST",
  path: "/mcp",
  headers: { ...json, accept: "application/json, text/event-stream" },
  body: JSON.stringify({ jsonrpc: "2.0", ...message }),
});

/** A call of a tool. */
export const toolCall = (name: unknown, input?: unknown): Sent =>
  mcpPost({ id: 1, method: "tools/call", params: { name, arguments: input } });
