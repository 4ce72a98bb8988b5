import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { badUserInput, MetricsError } from "../errors.js";
import type { Perform } from "../operations/perform.js";
import { exportRoutes } from "./exports/export.routes.js";
import { mountOpenApi } from "./openapi.js";
import { pictureRoutes } from "./picture.routes.js";
import { readRoutes } from "./read.routes.js";
import { reportPageRoutes } from "./report-page.routes.js";
import type { RestAnswer, RestRequest, RestRoute } from "./route.js";
import { isKnown, validatorOf } from "./validator.js";
import { writeRoutes } from "./write.routes.js";

/** Every REST route, below the prefix they are mounted at. */
export const restRoutes: readonly RestRoute[] = [
  ...writeRoutes,
  ...readRoutes,
  ...exportRoutes,
  ...pictureRoutes,
  ...reportPageRoutes,
];

/** What fastify reads of a request, in its words. */
interface FastifyTypes {
  Params: RestRequest["params"];
  Querystring: RestRequest["query"];
  Body: unknown;
}

export interface RestParts {
  readonly performFor: (request: FastifyRequest) => Perform;
  /** As if the request had come just now. */
  readonly performAnewFor: (request: FastifyRequest) => Perform;
  /** Where the client of a request reaches the server. */
  readonly baseUrl: (request: FastifyRequest) => string;
}

/** Serves the REST routes, and their description. */
export function mountRest(app: FastifyInstance, { performFor, performAnewFor, baseUrl }: RestParts): void {
  mountOpenApi(app);
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
            performAnew: (...asked) => performAnewFor(request)(...asked), // whose time limit counts from then
            baseUrl: baseUrl(request),
          });
          return await sent(request, reply, answered);
        } catch (error) {
          throw respelled(error, spellError);
        }
      },
    });
  }
}

/**
 * Sends an answer. What was read and is JSON may be kept by its reader, who asks each time whether it still holds: the
 * figures are computed all the same, but not sent.
 */
function sent(
  { method, headers: asked, query }: FastifyRequest<FastifyTypes>,
  reply: FastifyReply,
  { status, headers = {}, body }: RestAnswer,
) {
  reply.code(status).headers(headers);
  if (body instanceof Readable && method === "HEAD") {
    body.destroy();
    return reply.send();
  }
  const isRead = method === "GET" || method === "HEAD";
  if (!isRead || typeof body !== "object" || body === null || body instanceof Readable)
    return reply.send(body);
  const validator = validatorOf(body, query);
  reply.headers({ etag: validator, "cache-control": "private, no-cache", vary: "accept, authorization" });
  return isKnown(validator, asked["if-none-match"]) ? reply.code(304).send() : reply.send(body);
}

function respelled(error: unknown, spellError: RestRoute["spellError"]): unknown {
  const isInput = error instanceof MetricsError && error.errors.length > 0;
  return isInput ? badUserInput(error.errors.map(spellError), { cause: error }) : error;
}
