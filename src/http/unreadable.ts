import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { ConnectionError, FastifyInstance } from "fastify";
import { badUserInput, MetricsError } from "../errors.js";
import type { Limits } from "../limits.js";
import { renderProblem } from "../rest/problem.js";
import { answerHeaders } from "./answer-headers.js";

/**
 * Answers what never became a request with a problem document, and hangs up.
 * @param requestTimeoutMs how long a client may take to send a request
 */
export function answerUnreadable(limits: Limits, requestTimeoutMs: number) {
  return ({ code = "" }: ConnectionError, socket: Socket): void => {
    if (code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const error = explainConnectionError(code, limits, requestTimeoutMs);
    const requestId = randomUUID();
    const body = JSON.stringify(renderProblem(error, requestId));
    const headers = {
      ...answerHeaders(requestId),
      "content-type": "application/problem+json; charset=utf-8",
      "content-length": Buffer.byteLength(body),
      connection: "close",
    };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const { status } = error;
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join("\r\n")}\r\n\r\n${body}`);
  };
}

function explainConnectionError(code: string, limits: Limits, requestTimeoutMs: number): MetricsError {
  if (code === "HPE_HEADER_OVERFLOW") {
    const message = `The request line and the headers are larger than ${limits.headerBytes} bytes.`;
    return new MetricsError("PAYLOAD_TOO_LARGE", message, { status: 431 });
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    const message = `The request did not arrive within ${requestTimeoutMs} ms.`;
    return badUserInput([{ path: "", message }], { status: 408 });
  }
  return badUserInput([{ path: "", message: "This is not an HTTP request that can be read." }], {
    status: 400,
  });
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
