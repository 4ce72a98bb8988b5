import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { type FastifyBaseLogger, type FastifyHttpOptions, LogController } from "fastify";
import { addressOf } from "../explorer/server.js";
import type { Limits } from "../limits.js";
import type { Metrics } from "../observability/metrics.js";
import { markAnswer } from "./answer-headers.js";
import { connectionOptions } from "./connections.js";
import { explainRequestError } from "./explain-request.js";
import { measure } from "./metrics.js";
import { asProblem } from "./render.js";
import { answerUnreadable } from "./unreadable.js";

export interface ServerOptionsParts {
  readonly limits: Limits;
  readonly metrics: Metrics;
  /** Addresses and networks whose word is taken for where a request comes from (`X-Forwarded-…`). */
  readonly trustedProxies: readonly string[];
  readonly logger: FastifyBaseLogger;
  /** Whether browsers are shown the explorer. */
  readonly explorer: boolean;
  /** How long a client may take to send a request, in milliseconds. */
  readonly requestTimeoutMs: number;
}

/** What Fastify does by itself: limits, request ids, and the answers to what never reaches a route or a hook. */
export function serverOptions(parts: ServerOptionsParts): FastifyHttpOptions<Server, FastifyBaseLogger> {
  const { limits, metrics, trustedProxies, logger, explorer, requestTimeoutMs } = parts;
  const answerNoRequest = answerUnreadable(limits, requestTimeoutMs);
  return {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    ...(explorer && { rewriteUrl: addressOf }),
    bodyLimit: limits.bodyBytes,
    http: connectionOptions(limits, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    // When nothing moves, the client does not read its answer; who sends too slowly is told so long before.
    connectionTimeout: 2 * requestTimeoutMs + 3_000,
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
  };
}

/** A client's own request id, when it can stand in a log line as it is. */
function acceptedId(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" && /^[\w.-]{1,128}$/.test(header) ? header : undefined;
}
