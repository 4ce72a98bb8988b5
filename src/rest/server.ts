import type { FastifyInstance, FastifyRequest } from "fastify";
import { badUserInput, MetricsError } from "../errors.js";
import type { Perform } from "../operations/perform.js";
import { readRoutes } from "./read.routes.js";
import type { RestRequest, RestRoute } from "./route.js";
import { writeRoutes } from "./write.routes.js";

/** Every REST route, below the prefix they are mounted at. */
export const restRoutes: readonly RestRoute[] = [...writeRoutes, ...readRoutes];

/** What fastify reads of a request, in its words. */
interface FastifyTypes {
  Params: RestRequest["params"];
  Querystring: RestRequest["query"];
  Body: unknown;
}

/** Serves the REST routes. */
export function mountRest(
  app: FastifyInstance,
  performFor: (request: FastifyRequest) => Perform,
  baseUrl: (request: FastifyRequest) => string,
): void {
  for (const { method, path, roles, answer, spellError } of restRoutes) {
    app.route<FastifyTypes>({
      method,
      url: path,
      config: { access: roles },
      handler: async (request, reply) => {
        try {
          const { params, query, body } = request;
          const answered = await answer(performFor(request), {
            params,
            query,
            body,
            accept: request.headers.accept,
            baseUrl: baseUrl(request),
          });
          const { status, headers = {}, body: answerBody } = answered;
          return await reply.code(status).headers(headers).send(answerBody);
        } catch (error) {
          throw respelled(error, spellError);
        }
      },
    });
  }
}

function respelled(error: unknown, spellError: RestRoute["spellError"]): unknown {
  const isInput = error instanceof MetricsError && error.errors.length > 0;
  return isInput ? badUserInput(error.errors.map(spellError), { cause: error }) : error;
}
