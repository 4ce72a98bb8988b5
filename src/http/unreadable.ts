import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { ConnectionError, FastifyInstance } from "fastify";
import { badUserInput } from "../errors.js";
import { renderProblem } from "../rest/problem.js";

const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers bytes that are no HTTP request with a problem document, and hangs up. */
export function answerUnreadable({ code = "" }: ConnectionError, socket: Socket): void {
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statuses[code] ?? 400;
  const requestId = randomUUID();
  const error = badUserInput([{ path: "", message: "This is not an HTTP request that can be read." }], {
    status,
  });
  const body = JSON.stringify(renderProblem(error, requestId));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "content-type: application/problem+json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/**
 * Serves requests that expect what nobody knows like any other, as a server may (RFC 9110); Node would
 * answer them in nobody's spelling.
 */
export function passOverExpectations({ server }: FastifyInstance): void {
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
}

/** Refuses query strings that are not percent-encoded UTF-8, which would be read as something else. */
export function refuseUnreadableQueries(app: FastifyInstance): void {
  app.addHook("onRequest", async ({ url }) => {
    const at = url.indexOf("?");
    if (at !== -1 && !isDecodable(url.slice(at))) {
      throw badUserInput([{ path: "", message: "The query string must be percent-encoded UTF-8." }], {
        status: 400,
      });
    }
  });
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
