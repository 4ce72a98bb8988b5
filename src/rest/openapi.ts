import { readFile } from "node:fs/promises";
import type { FastifyInstance } from "fastify";

/** Where the description of the REST routes is served, below their prefix. */
export const openApiPath = "/openapi.json";

const file = new URL("../../docs/openapi.json", import.meta.url);

/** Serves the description of the REST routes (OpenAPI 3.1) to anybody: it says nothing of what is stored. */
export function mountOpenApi(app: FastifyInstance): void {
  app.get(openApiPath, { config: { access: "anybody" } }, async (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(await readFile(file, "utf8")),
  );
}
