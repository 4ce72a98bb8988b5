import type { FastifyInstance } from "fastify";
import { unavailable } from "../errors.js";

/** While it drains, the server tells clients that kept their connection to come back later. */
export function refuseWhileClosing(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
  });
  app.addHook("onRequest", async () => {
    if (isClosing) throw unavailable("The server is shutting down; send the same request again.");
  });
  app.addHook("onSend", async (_request, reply) => {
    if (isClosing) reply.header("connection", "close");
  });
}
