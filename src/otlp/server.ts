import type { FastifyInstance, FastifyRequest } from "fastify";
import { unsupportedMediaType } from "../errors.js";
import type { Perform } from "../operations/perform.js";
import { type Encoding, encodingOf, mediaTypes, protobufTypes } from "./encoding.js";
import { recordCalls } from "./record-calls.js";
import { otlpRoutes } from "./routes.js";

/** Serves OTLP over HTTP; JSON bodies come parsed. */
export function mountOtlp(app: FastifyInstance, performFor: (request: FastifyRequest) => Perform): void {
  app.addContentTypeParser(
    [...protobufTypes],
    { parseAs: "buffer" },
    async (_request: unknown, body: Buffer) => body,
  );
  for (const { method, path, operation, rejectedName, findCalls } of otlpRoutes) {
    app.route({
      method,
      url: path,
      config: { access: operation.roles }, // telemetry may hold nothing to perform it on
      handler: async (request, reply) => {
        const { headers, body, log } = request;
        const encoding = requireEncoding(headers["content-type"]);
        const found = findCalls(encoding, body);
        const partialSuccess = await recordCalls(performFor(request), operation, found);
        if (partialSuccess !== undefined) {
          const { rejected, message } = partialSuccess; // executors do not show it to anybody
          log.warn({ path, rejected }, `telemetry was not taken in full: ${message}`);
        }
        return reply.type(encoding.type).send(encoding.writeResponse({ rejectedName, partialSuccess }));
      },
    });
  }
}

function requireEncoding(contentType: string | undefined): Encoding {
  const encoding = encodingOf(contentType);
  if (encoding === undefined) throw unsupportedMediaType(mediaTypes);
  return encoding;
}
