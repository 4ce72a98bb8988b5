import type { FastifyInstance } from "fastify";
import { catalogue, type MetricsError, notFound } from "../errors.js";
import type { Limits } from "../limits.js";
import type { Metrics } from "../observability/metrics.js";
import { explainRequestError } from "./explain-request.js";
import type { Render } from "./render.js";

/** Notes an error that a client is answered, and whose request it was, as far as that is known. */
export type NoteFailure = (requestId: string | undefined, error: MetricsError) => void;

/** Answers whatever goes wrong in a scope in the spelling of its door; `mediaTypes` says which bodies it reads. */
export type AnswerErrors = (scope: FastifyInstance, render: Render, mediaTypes?: string) => void;

/** Counts every error that a client is answered, and logs the cause of those that are the server's own. */
export function notingFailures(app: FastifyInstance, metrics: Metrics): NoteFailure {
  return (requestId, error) => {
    metrics.refused(error.code);
    const isOurs = catalogue[error.code].status >= 500 && error.cause !== undefined; // else we meant it
    if (isOurs) app.log.error({ reqId: requestId, err: error.cause ?? error }, error.message);
  };
}

/** A way to have scopes answer their errors, each of which is noted. */
export function answeringErrors(limits: Limits, noteFailure: NoteFailure): AnswerErrors {
  return (scope, render, mediaTypes) => {
    scope.setErrorHandler((thrown, request, reply) => {
      const error = explainRequestError(thrown, limits, mediaTypes);
      noteFailure(request.id, error);
      return render(error, request, reply.code(error.status).headers(error.headers));
    });
  };
}

/** Answers `NOT_FOUND` where there is no route. */
export function answerNotFound(app: FastifyInstance): void {
  app.setNotFoundHandler(({ url }) => {
    throw notFound(`There is no ${url.split("?")[0]} here.`);
  });
}
