import type { FastifyInstance, FastifyRequest } from "fastify";
import { type MetricsError, unavailable } from "../errors.js";
import type { Limits } from "../limits.js";
import { healthPaths } from "./health.js";

/**
 * Lets so many requests in at a time, with so many bytes in all; who comes after those is refused before anything is
 * read of what is sent.
 */
export function admit(app: FastifyInstance, limits: Limits): void {
  let requests = 0;
  let bytes = 0;
  app.addHook("onRequest", async (request, reply) => {
    if (healthPaths.includes(request.routeOptions.url ?? "")) return;
    const size = sizeOf(request, limits);
    if (requests >= limits.requestsInFlight) throw busy(`${limits.requestsInFlight} requests`);
    if (bytes > 0 && bytes + size > limits.bodyBytesInFlight)
      throw busy(`requests of ${limits.bodyBytesInFlight} bytes`);
    requests += 1;
    bytes += size;
    reply.raw.once("close", () => {
      requests -= 1;
      bytes -= size;
    });
  });
}

/** How many bytes a request may bring, at most. */
function sizeOf({ headers }: FastifyRequest, { bodyBytes }: Limits): number {
  if (headers["transfer-encoding"] !== undefined || headers["content-encoding"] !== undefined)
    return bodyBytes;
  return Math.min(Number(headers["content-length"] ?? 0), bodyBytes);
}

function busy(what: string): MetricsError {
  return unavailable(`The server is busy with ${what} already. Send the same request again later.`);
}
