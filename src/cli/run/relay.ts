import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { MetricsClient } from "../../client/client.js";

/** A place on this machine to which the tool of one run exports its telemetry. */
export interface Relay {
  /** What the tool is told as its endpoint; exporters add `/v1/logs`. */
  readonly endpoint: string;
  /** Requests that the server refused for what they are, in words. */
  readonly refusals: readonly string[];
  /** Requests that wait on disk. */
  spooled(): number;
  /** Resolves when nothing is being passed on. */
  settled(): Promise<void>;
  close(): void;
}

const maxBodyBytes = 64 * 1024 * 1024;

/** Answers of OTLP/HTTP that say: taken in full. */
const taken: Readonly<Record<string, string>> = { "application/json": "{}" };

/**
 * Passes telemetry on to the server with the key that the tool need not know, byte for byte; what cannot be delivered
 * waits in the spool, and the tool hears that it was taken, because it was. Its address holds a secret, so that nobody
 * else on the machine reports through it.
 */
export async function openRelay(client: MetricsClient): Promise<Relay> {
  const secret = randomBytes(16).toString("hex");
  const refusals: string[] = [];
  const passing = new Set<Promise<void>>();
  let spooled = 0;

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.startsWith(`/${secret}/`) ? request.url.slice(secret.length + 1) : undefined;
    if (path === undefined || request.method !== "POST") return answer(response, 404);
    const contentType = request.headers["content-type"] ?? "application/json";
    const success = taken[contentType.split(";")[0]?.trim() ?? ""] ?? "";
    const body = await bodyOf(request);
    if (body === undefined) return answer(response, 413);
    if (path === "/v1/metrics") return answer(response, 200, success, contentType); // the records say more
    const contentEncoding = request.headers["content-encoding"];
    const sent = await client.forwardTelemetry({ path, contentType, contentEncoding, body });
    if (sent === "SPOOLED") {
      spooled += 1;
      return answer(response, 200, success, contentType);
    }
    if (sent.status < 300) return answer(response, 200, success, contentType);
    refusals.push(`telemetry was refused with status ${sent.status}: ${sent.body.slice(0, 300)}`);
    return answer(response, sent.status, sent.body, "application/json");
  }

  const server = createServer((request, response) => {
    const pass = passOn(request, response)
      .catch((error: unknown) => {
        refusals.push(
          `telemetry could not be kept: ${error instanceof Error ? error.message : String(error)}`,
        );
        answer(response, 503);
      })
      .finally(() => passing.delete(pass));
    passing.add(pass);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server on a port has one");
  return {
    endpoint: `http://127.0.0.1:${address.port}/${secret}`,
    refusals,
    spooled: () => spooled,
    settled: async () => {
      while (passing.size > 0) await Promise.all(passing);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The whole body; undefined when it is larger than telemetry may be. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, status: number, body = "", type = "text/plain"): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) }).end(body);
}
