import type { FastifyReply, FastifyRequest } from "fastify";
import type { MetricsError } from "../errors.js";
import { renderGraphqlError } from "../graphql/errors.js";
import { renderRpcError } from "../mcp/rpc-error.js";
import { renderStatus } from "../otlp/status.js";
import { renderProblem } from "../rest/problem.js";

/** Answers a request with an error, in the spelling of a door. */
export type Render = (error: MetricsError, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

export const asProblem: Render = (error, request, reply) =>
  reply.code(error.status).type("application/problem+json").send(renderProblem(error, request.id));

export const asGraphql: Render = (error, _request, reply) =>
  reply.type("application/json; charset=utf-8").send({ errors: [renderGraphqlError(error)] });

export const asStatus: Render = (error, request, reply) => {
  const { status, type, body } = renderStatus(error, request.headers["content-type"]);
  return reply.code(status).type(type).send(body);
};

export const asRpcError: Render = (error, request, reply) =>
  reply.code(error.status).type("application/json; charset=utf-8").send(renderRpcError(error, request.id));
