import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";

/** A request that a tool sent to what it took for its vendor. */
export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
}

/** A vendor's API on loopback. */
export interface StandIn {
  readonly url: string;
  readonly received: readonly Received[];
  close(): void;
}

/** What answers a request; it writes to the response itself. */
export type Answering = (request: Received, response: ServerResponse) => void | Promise<void>;

/** Serves a vendor's API on a port of its own. */
export async function openStandIn(answer: Answering): Promise<StandIn> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString("utf8");
    const body: Record<string, unknown> = text.startsWith("{") ? JSON.parse(text) : {};
    const one = { path: request.url ?? "", headers: request.headers, body };
    if (request.method === "POST") received.push(one);
    await answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server on a port has one");
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** An id as vendors make them. */
export const newId = (prefix: string) => `${prefix}_${randomBytes(12).toString("hex")}`;

/** Sends JSON. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** Sends server-sent events, each with its data. */
export function sendEvents(
  response: ServerResponse,
  events: readonly (readonly [name: string | undefined, data: unknown])[],
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { "content-type": "text/event-stream", ...headers });
  for (const [name, data] of events)
    response.write(`${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`);
  response.end();
}
