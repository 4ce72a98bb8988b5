import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import type { Clock } from "../domain/instant.js";
import { explorerPath, mountExplorer } from "../explorer/server.js";
import type { PersistedDocumentsParts } from "../graphql/persisted-documents.js";
import { mountGraphql } from "../graphql/server.js";
import { mcpPath, mountMcp } from "../mcp/server.js";
import type { Lanes, PerformAs } from "../operations/perform.js";
import { mediaTypes as otlpMediaTypes } from "../otlp/encoding.js";
import { otlpRoutes } from "../otlp/routes.js";
import { mountOtlp } from "../otlp/server.js";
import { openApiPath } from "../rest/openapi.js";
import { mountRest, restRoutes } from "../rest/server.js";
import { admit } from "./admission.js";
import { answeringErrors, answerNotFound, notingFailures } from "./answer-errors.js";
import { baseUrlOf } from "./base-url.js";
import { acceptJsonBodies, unpackBodies } from "./body.js";
import { refuseWhileClosing } from "./closing.js";
import { boundConnections, requireHost } from "./connections.js";
import { type GateParts, guard } from "./gate.js";
import { type HealthParts, healthPaths, mountHealth } from "./health.js";
import { answerOtherMethods } from "./methods.js";
import { measureRequests, metricsPath, mountMetrics } from "./metrics.js";
import { asGraphql, asProblem, asRpcError, asStatus } from "./render.js";
import { logRequests } from "./request-log.js";
import { type ServerOptionsParts, serverOptions } from "./server-options.js";
import { passOverExpectations, refuseUnreadableQueries } from "./unreadable.js";

/** Where the REST routes are mounted. */
export const restPrefix = "/api/v1/metrics";

/** What the server serves, and what it takes to serve it. */
export interface ServerParts extends HealthParts, ServerOptionsParts {
  readonly performAs: PerformAs;
  readonly lanes: Lanes;
  readonly clock: Clock;
  readonly gate: GateParts;
  readonly documents: PersistedDocumentsParts;
  /** Where clients reach the server; undefined for the address that each of them used. */
  readonly publicUrl: string | undefined;
}

/** The HTTP server with all doors mounted, not listening yet. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { limits, lanes, metrics } = parts;
  const app = fastify(serverOptions(parts));
  const noteFailure = notingFailures(app, metrics);
  const answerErrors = answeringErrors(limits, noteFailure);

  // A request meets these in their order: it is logged and measured before it can be refused.
  acceptJsonBodies(app);
  unpackBodies(app);
  logRequests(app);
  measureRequests(app, metrics);
  boundConnections(app, limits);
  requireHost(app);
  refuseWhileClosing(app);
  const visitOf = guard(app, parts.gate);
  admit(app, limits, lanes);
  refuseUnreadableQueries(app);
  passOverExpectations(app);
  answerErrors(app, asProblem);
  answerNotFound(app);

  const performFor = (request: FastifyRequest) => parts.performAs(visitOf(request));
  const performAnewFor = (request: FastifyRequest) =>
    parts.performAs({ ...visitOf(request), sinceMs: performance.now() });
  const baseUrl = (request: FastifyRequest) => baseUrlOf(request, parts.publicUrl);
  mountHealth(app, parts);
  mountMetrics(app, metrics);
  if (parts.explorer) mountExplorer(app);
  await app.register(async (scope) => mountRest(scope, { performFor, performAnewFor, baseUrl }), {
    prefix: restPrefix,
  });
  await app.register(async (scope) => {
    answerErrors(scope, asGraphql);
    await mountGraphql(scope, { performFor, limits, baseUrl, documents: parts.documents, noteFailure });
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
  await app.register(async (scope) => {
    answerErrors(scope, asRpcError);
    mountMcp(scope, { performFor, limits, clock: parts.clock, noteFailure });
    answerOtherMethods(scope, [{ url: mcpPath, methods: ["POST"] }]);
  });
  answerOtherMethods(app, [
    ...[...healthPaths, metricsPath, ...(parts.explorer ? [explorerPath, `${explorerPath}/:file`] : [])].map(
      (url) => ({
        url,
        methods: ["GET"],
      }),
    ),
    { url: `${restPrefix}${openApiPath}`, methods: ["GET"] },
    ...restRoutes.map(({ method, path }) => ({ url: `${restPrefix}${path}`, methods: [method] })),
  ]);
  return app;
}
