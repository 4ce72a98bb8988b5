import {
  createMcpHandler,
  isLegacyRequest,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../domain/instant.js";
import { badUserInput, type MetricsError } from "../errors.js";
import type { Limits } from "../limits.js";
import type { Perform } from "../operations/perform.js";
import { roles } from "../vocabulary.js";
import { performedReporting } from "./performed-reporting.js";
import { toolServer } from "./tools.js";

/** Where models find their tools. */
export const mcpPath = "/mcp";

export interface McpParts {
  readonly performFor: (request: FastifyRequest) => Perform;
  readonly limits: Limits;
  readonly clock: Clock;
  /** Notes every error that a tool answers. */
  readonly noteFailure: (requestId: string, error: MetricsError) => void;
}

/**
 * Serves the tools over streamable HTTP, without sessions: every message is a request of its own, and is answered in one
 * piece. Both protocol eras reach the same tools.
 */
export function mountMcp(app: FastifyInstance, { performFor, limits, clock, noteFailure }: McpParts): void {
  const serverFor = toolServer(limits);
  app.route({
    method: "POST",
    url: mcpPath,
    config: { access: roles }, // each tool goes to operations, which have roles of their own
    handler: async (request, reply) => {
      const message = requireOneMessage(request.body);
      const reporting = performedReporting(() => performFor(request), clock);
      const server = serverFor(reporting, (error) => noteFailure(request.id, error));
      const response = await answered(server, asWebRequest(request, reply), message);
      const type = response.headers.get("content-type");
      if (type !== null) reply.type(type);
      return reply.code(response.status).send(await response.text());
    },
  });
}

/** A batch could hold any number of calls; the protocol has none any more. */
function requireOneMessage(body: unknown): object {
  if (typeof body === "object" && body !== null && "jsonrpc" in body && body.jsonrpc === "2.0") return body;
  const message = "The body must be one JSON-RPC 2.0 message; several are sent one by one.";
  throw badUserInput([{ path: "", message }], { status: 400 });
}

/** The headers of a request, whose body is read already; it ends when its client hangs up. */
function asWebRequest({ headers }: FastifyRequest, { raw }: FastifyReply): Request {
  const ended = new AbortController();
  raw.once("close", () => ended.abort());
  const given = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  return new Request(`http://localhost${mcpPath}`, {
    method: "POST",
    headers: given,
    signal: ended.signal,
  });
}

async function answered(server: McpServer, request: Request, parsedBody: object): Promise<Response> {
  if (await isLegacyRequest(request, parsedBody)) return answeredAsBefore(server, request, parsedBody);
  // Nothing here ever changes, so there is nothing to subscribe to.
  const handler = createMcpHandler(() => server, { legacy: "reject", maxSubscriptions: 0 });
  return handler.fetch(request, { parsedBody });
}

/** For clients of the protocol's versions of 2025 and before. */
async function answeredAsBefore(server: McpServer, request: Request, parsedBody: object): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    return await transport.handleRequest(request, { parsedBody });
  } finally {
    await server.close();
  }
}
