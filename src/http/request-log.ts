import type { FastifyInstance } from "fastify";
import { markAnswer } from "./answer-headers.js";

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
