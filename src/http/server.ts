import { randomUUID } from "node:crypto";
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from "fastify";
import { catalogue, type MetricsError, notFound } from "../errors.js";
import { mountGraphql } from "../graphql/server.js";
import type { Limits } from "../limits.js";
import { authorize, type PerformAs } from "../operations/perform.js";
import { mediaTypes as otlpMediaTypes } from "../otlp/encoding.js";
import { otlpRoutes } from "../otlp/routes.js";
import { mountOtlp } from "../otlp/server.js";
import { mountRest, restRoutes } from "../rest/server.js";
import { baseUrlOf } from "./base-url.js";
import { acceptJsonBodies, unpackBodies } from "./body.js";
import { refuseWhileClosing } from "./closing.js";
import { explainRequestError } from "./explain-request.js";
import { type GateParts, guard } from "./gate.js";
import { type HealthParts, healthPaths, mountHealth } from "./health.js";
import { answerOtherMethods } from "./methods.js";
import { asGraphql, asProblem, asStatus, type Render } from "./render.js";
import { logRequests, markAnswer } from "./request-log.js";
import { answerUnreadable, passOverExpectations, refuseUnreadableQueries } from "./unreadable.js";

export const restPrefix = "/api/v1/metrics";

export interface ServerParts extends HealthParts {
  readonly performAs: PerformAs;
  readonly gate: GateParts;
  readonly limits: Limits;
  /** Where clients reach the server; undefined for the address that each of them used. */
  readonly publicUrl: string | undefined;
  readonly logger: FastifyBaseLogger;
  /** How long a client may take to send a request, in milliseconds. */
  readonly requestTimeoutMs: number;
}

/** The HTTP server with all doors mounted, not listening yet. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { limits, logger } = parts;
  const baseUrl = (request: FastifyRequest) => baseUrlOf(request, parts.publicUrl);
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: parts.requestTimeoutMs,
    forceCloseConnections: "idle",
    return503OnClosing: false,
    genReqId: ({ headers }) => acceptedId(headers["x-request-id"]) ?? randomUUID(),
    frameworkErrors: (error, request, reply) => {
      asProblem(explainRequestError(error, limits), request, markAnswer(request, reply));
    },
    clientErrorHandler: answerUnreadable,
    routerOptions: { maxParamLength: 1_000 },
  });

  const noteFailure = (requestId: string, error: MetricsError) => {
    if (catalogue[error.code].status >= 500)
      app.log.error({ reqId: requestId, err: error.cause ?? error }, error.message);
  };
  const answerErrors = (scope: FastifyInstance, render: Render, mediaTypes?: string) => {
    scope.setErrorHandler((thrown, request, reply) => {
      const error = explainRequestError(thrown, limits, mediaTypes);
      noteFailure(request.id, error);
      return render(error, request, reply.code(error.status).headers(error.headers));
    });
  };

  acceptJsonBodies(app);
  unpackBodies(app);
  logRequests(app);
  refuseWhileClosing(app);
  const callerOf = guard(app, parts.gate);
  const performFor = (request: FastifyRequest) => parts.performAs(callerOf(request));
  refuseUnreadableQueries(app);
  passOverExpectations(app);
  answerErrors(app, asProblem);
  app.setNotFoundHandler((request) => {
    throw notFound(`There is no ${request.url.split("?")[0]} here.`);
  });
  mountHealth(app, parts);
  await app.register(async (scope) => mountRest(scope, performFor, baseUrl), { prefix: restPrefix });
  await app.register(async (scope) => {
    answerErrors(scope, asGraphql);
    await mountGraphql(scope, { performFor, limits, baseUrl, noteFailure });
    answerOtherMethods(scope, [{ url: "/graphql", methods: ["GET", "POST"] }]);
  });
  await app.register(async (scope) => {
    answerErrors(scope, asStatus, otlpMediaTypes);
    mountOtlp(scope, {
      performFor,
      permit: (request, operation) => authorize(callerOf(request), operation),
    });
    answerOtherMethods(
      scope,
      otlpRoutes.map(({ method, path }) => ({ url: path, methods: [method] })),
    );
  });
  answerOtherMethods(app, [
    ...healthPaths.map((url) => ({ url, methods: ["GET"] })),
    ...restRoutes.map(({ method, path }) => ({ url: `${restPrefix}${path}`, methods: [method] })),
  ]);
  return app;
}

/** A client's own request id, when it can stand in a log line as it is. */
function acceptedId(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" && /^[\w.-]{1,128}$/.test(header) ? header : undefined;
}
