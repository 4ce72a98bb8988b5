import type { FastifyInstance, FastifyRequest, RequestPayload } from "fastify";
import { type MetricsError, unavailable } from "../errors.js";
import type { Limits } from "../limits.js";
import { mcpPath } from "../mcp/server.js";
import type { Lanes } from "../operations/perform.js";
import { healthPaths } from "./health.js";
import { metricsPath } from "./metrics.js";

/** What whoever watches the server asks, also when it has too much to do. */
const alwaysAdmitted: readonly string[] = [...healthPaths, metricsPath];

/**
 * Lets so many requests in at a time, with so many bytes in all; who comes after those is refused before anything is
 * read of what is sent.
 */
export function admit(app: FastifyInstance, limits: Limits, lanes: Lanes): void {
  const tooMany = busy(`${limits.requestsInFlight} requests`);
  const tooMuch = busy(`requests of ${limits.bodyBytesInFlight} bytes`);
  const holds = new WeakMap<FastifyRequest, { bytes: number }>();
  let requests = 0;
  let bytes = 0;
  app.addHook("onRequest", async (request, reply) => {
    if (alwaysAdmitted.includes(request.routeOptions.url ?? "")) return;
    requireRoom(request, lanes);
    const size = sizeOf(request, limits);
    if (requests >= limits.requestsInFlight) throw tooMany;
    if (bytes > 0 && bytes + size > limits.bodyBytesInFlight) throw tooMuch;
    requests += 1;
    bytes += size;
    const held = { bytes: size };
    holds.set(request, held);
    reply.raw.once("close", () => {
      requests -= 1;
      bytes -= held.bytes;
    });
  });
  // What does not say how large it is, or will be when it is unpacked, is counted as it comes.
  app.addHook("preParsing", (request, _reply, payload: RequestPayload, done) => {
    const held = holds.get(request);
    if (held?.bytes === 0) {
      payload.on("data", (chunk: Buffer) => {
        const isMore = bytes > held.bytes && bytes + chunk.length > limits.bodyBytesInFlight;
        held.bytes += chunk.length;
        bytes += chunk.length;
        if (isMore) payload.destroy(tooMuch);
      });
    }
    done(null, payload);
  });
}

/** What these ask for is known later; until then it is taken for whatever there is room for. */
const readOrWrite: readonly (string | undefined)[] = ["/graphql", mcpPath];

function requireRoom({ method, routeOptions }: FastifyRequest, { read, write }: Lanes): void {
  if (method === "GET" || method === "HEAD") read.requireRoom();
  else if (!readOrWrite.includes(routeOptions.url) || !read.hasRoom) write.requireRoom();
}

/** How many bytes a request says that it brings; 0 when it does not say. */
function sizeOf({ headers }: FastifyRequest, { bodyBytes }: Limits): number {
  if (headers["content-encoding"] !== undefined) return 0;
  return Math.min(Number(headers["content-length"] ?? 0), bodyBytes);
}

function busy(what: string): MetricsError {
  return unavailable(`The server is busy with ${what} already. Send the same request again later.`);
}
