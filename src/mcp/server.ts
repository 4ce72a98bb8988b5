import { createMcpHandler } from "@modelcontextprotocol/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { MetricsError } from "../errors.js";
import type { Perform } from "../operations/perform.js";
import { roles } from "../vocabulary.js";
import { mcpServer } from "./mcp-server.js";
import { operationReporting } from "./operation-reporting.js";

/** Where the Model Context Protocol is spoken. */
export const mcpPath = "/mcp";

/** What the door needs of the server around it. */
export interface McpParts {
  readonly performFor: (request: FastifyRequest) => Perform;
  readonly noteFailure: (requestId: string, error: MetricsError) => void;
}

/**
 * Serves the Model Context Protocol over HTTP without sessions: every request stands for itself, with the key and the
 * role that it comes with. Who may come in and from where is decided before it gets here.
 */
export function mountMcp(app: FastifyInstance, { performFor, noteFailure }: McpParts): void {
  const askedBy = new WeakMap<Request, FastifyRequest>();
  const handler = createMcpHandler(
    ({ requestInfo }) => {
      const request = requestInfo && askedBy.get(requestInfo);
      if (request === undefined) throw new Error("a request of the protocol came from nowhere");
      const reporting = operationReporting(performFor(request), (error) => noteFailure(request.id, error));
      return mcpServer(reporting);
    },
    {
      maxSubscriptions: 0,
      onerror: (error) => app.log.debug(error, "a request of the protocol failed"),
    },
  );
  app.addHook("onClose", () => handler.close());
  app.route({
    method: "POST",
    url: mcpPath,
    config: { access: roles }, // each tool asks for the roles of its operation
    handler: async (request, reply) => {
      const asked = webRequest(request);
      askedBy.set(asked, request);
      return await answer(reply, await handler.fetch(asked, { parsedBody: request.body }));
    },
  });
}

/** The request as the protocol's library reads it; its body comes parsed. */
function webRequest({ headers, url }: FastifyRequest): Request {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value]] : [],
  );
  const sent = Object.fromEntries(
    given.filter(([name]) => name !== "content-length" && name !== "transfer-encoding"),
  );
  return new Request(new URL(url, "http://localhost"), { method: "POST", headers: sent });
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  const type = response.headers.get("content-type");
  if (type !== null) reply.type(type);
  return reply.code(response.status).send(await response.text());
}
