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
import type { Metrics } from "../observability/metrics.js";
import type { Lanes, PerformAs } from "../operations/perform.js";
import { mediaTypes as otlpMediaTypes } from "../otlp/encoding.js";
import { otlpRoutes } from "../otlp/routes.js";
import { mountOtlp } from "../otlp/server.js";
import { mountRest, restRoutes } from "../rest/server.js";
import { admit } from "./admission.js";
import { markAnswer } from "./answer-headers.js";
import { baseUrlOf } from "./base-url.js";
import { acceptJsonBodies, unpackBodies } from "./body.js";
import { refuseWhileClosing } from "./closing.js";
import { boundConnections, connectionOptions, requireHost } from "./connections.js";
import { explainRequestError } from "./explain-request.js";
import { type GateParts, guard } from "./gate.js";
import { type HealthParts, healthPaths, mountHealth } from "./health.js";
import { answerOtherMethods } from "./methods.js";
import { measure, measureRequests, metricsPath, mountMetrics } from "./metrics.js";
import { asGraphql, asProblem, asStatus, type Render } from "./render.js";
import { logRequests } from "./request-log.js";
import { answerUnreadable, passOverExpectations, refuseUnreadableQueries } from "./unreadable.js";

export const restPrefix = "/api/v1/metrics";

export interface ServerParts extends HealthParts {
  readonly performAs: PerformAs;
  readonly lanes: Lanes;
  readonly gate: GateParts;
  readonly limits: Limits;
  readonly metrics: Metrics;
  /** Where clients reach the server; undefined for the address that each of them used. */
  readonly publicUrl: string | undefined;
  /** Addresses and networks whose word is taken for where a request comes from (`X-Forwarded-…`). */
  readonly trustedProxies: readonly string[];
  readonly logger: FastifyBaseLogger;
  /** How long a client may take to send a request, in milliseconds. */
  readonly requestTimeoutMs: number;
}

/** The HTTP server with all doors mounted, not listening yet. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { limits, logger, metrics } = parts;
  const baseUrl = (request: FastifyRequest) => baseUrlOf(request, parts.publicUrl);
  const answerNoRequest = answerUnreadable(limits, parts.requestTimeoutMs);
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: parts.trustedProxies.length > 0 && [...parts.trustedProxies],
    bodyLimit: limits.bodyBytes,
    http: connectionOptions(limits, parts.requestTimeoutMs),
    requestTimeout: parts.requestTimeoutMs,
    connectionTimeout: 2 * parts.requestTimeoutMs, // when nothing moves: the client does not read its answer
    forceCloseConnections: "idle",
    return503OnClosing: false,
    genReqId: ({ headers }) => acceptedId(headers["x-request-id"]) ?? randomUUID(),
    frameworkErrors: (error, request, reply) => {
      const explained = explainRequestError(error, limits);
      measure(request, reply, metrics);
      metrics.refused(explained.code);
      asProblem(explained, request, markAnswer(request, reply));
    },
    clientErrorHandler: (error, socket) => {
      metrics.refused("BAD_USER_INPUT");
      answerNoRequest(error, socket);
    },
    routerOptions: { maxParamLength: 1_000 },
  });

  const noteFailure = (requestId: string | undefined, error: MetricsError) => {
    metrics.refused(error.code);
    const isOurs = catalogue[error.code].status >= 500 && error.cause !== undefined; // else we meant it
    if (isOurs) app.log.error({ reqId: requestId, err: error.cause ?? error }, error.message);
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
  measureRequests(app, metrics);
  boundConnections(app, limits);
  requireHost(app);
  refuseWhileClosing(app);
  const visitOf = guard(app, parts.gate);
  admit(app, limits, parts.lanes);
  const performFor = (request: FastifyRequest) => parts.performAs(visitOf(request));
  refuseUnreadableQueries(app);
  passOverExpectations(app);
  answerErrors(app, asProblem);
  app.setNotFoundHandler((request) => {
    throw notFound(`There is no ${request.url.split("?")[0]} here.`);
  });
  mountHealth(app, parts);
  mountMetrics(app, metrics);
  await app.register(async (scope) => mountRest(scope, performFor, baseUrl), { prefix: restPrefix });
  await app.register(async (scope) => {
    answerErrors(scope, asGraphql);
    await mountGraphql(scope, { performFor, limits, baseUrl, noteFailure });
    answerOtherMethods(scope, [{ url: "/graphql", methods: ["GET", "POST"] }]);
  });
  await app.register(async (scope) => {
    answerErrors(scope, asStatus, otlpMediaTypes);
    mountOtlp(scope, performFor);
    answerOtherMethods(
      scope,
      otlpRoutes.map(({ method, path }) => ({ url: path, methods: [method] })),
    );
  });
  answerOtherMethods(app, [
    ...[...healthPaths, metricsPath].map((url) => ({ url, methods: ["GET"] })),
    ...restRoutes.map(({ method, path }) => ({ url: `${restPrefix}${path}`, methods: [method] })),
  ]);
  return app;
}

/** A client's own request id, when it can stand in a log line as it is. */
function acceptedId(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" && /^[\w.-]{1,128}$/.test(header) ? header : undefined;
}
