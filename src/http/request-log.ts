import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** The headers of every answer: the id that finds the request in the log, and that nothing may be kept. */
export function markAnswer({ id }: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.header("x-request-id", id).header("cache-control", "no-store");
}

/** One structured line per answered request. */
export function logRequests(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    markAnswer(request, reply);
  });
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions } = request;
    request.log.info(
      {
        method,
        route: routeOptions.url ?? "unknown",
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      "request answered",
    );
  });
}
