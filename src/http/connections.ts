import type { ServerOptions } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { badUserInput, unavailable } from "../errors.js";
import type { Limits } from "../limits.js";

/** How long a connection that is one too many may take to ask something, so that it can be told. */
const patienceMs = 1_000;

/**
 * What Node judges of a connection before there is a request.
 * @param requestTimeoutMs how long a client may take to send a request; it is hung up on within a second of that
 */
export const connectionOptions = (limits: Limits, requestTimeoutMs: number): ServerOptions => ({
  maxHeaderSize: limits.headerBytes,
  requestTimeout: requestTimeoutMs,
  headersTimeout: requestTimeoutMs,
  connectionsCheckingInterval: Math.min(requestTimeoutMs, 1_000),
  requireHostHeader: false, // Node's own refusal has neither a body nor our headers
});

/** Answers requests on more connections than the limit with `UNAVAILABLE`, and hangs up. */
export function boundConnections(app: FastifyInstance, limits: Limits): void {
  const open = new Set<Socket>();
  const excess = new WeakSet<Socket>();
  app.server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    if (open.size <= limits.connections) return;
    excess.add(socket);
    socket.setTimeout(patienceMs);
  });
  app.addHook("onRequest", async ({ raw }, reply) => {
    if (!excess.has(raw.socket)) return;
    reply.header("connection", "close");
    throw unavailable(
      `More than ${limits.connections} connections are open; nothing was stored. Send the same request again.`,
    );
  });
}

/** Refuses a request without one Host header, or with several, as HTTP/1.1 demands (RFC 9112, section 3.2). */
export function requireHost(app: FastifyInstance): void {
  app.addHook("onRequest", async ({ raw: { headersDistinct, httpVersionMinor } }, reply) => {
    const { host = [] } = headersDistinct;
    if (host.length === 1 || (host.length === 0 && httpVersionMinor === 0)) return;
    reply.header("connection", "close");
    throw badUserInput([{ path: "", message: "The request must have one Host header." }], { status: 400 });
  });
}
