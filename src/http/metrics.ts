import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Metrics } from "../observability/metrics.js";
import { readers } from "../operations/roles.js";

export const metricsPath = "/metrics";

/** What nginx and others call it when a client hung up before it was answered. */
const hungUp = 499;

/** Measures a request until it is over. */
export function measure(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const ended = metrics.began();
  reply.raw.once("close", () =>
    ended({
      method: request.method,
      route: request.routeOptions.url,
      status: reply.raw.writableFinished ? reply.statusCode : hungUp,
      seconds: reply.elapsedTime / 1000,
    }),
  );
}

/** Measures every request that is routed, to wherever. */
export function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook("onRequest", async (request, reply) => measure(request, reply, metrics));
}

/** Answers the figures at `/metrics`, for Prometheus. */
export function mountMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.get(metricsPath, { config: { access: readers } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.expose()),
  );
}
