import type { IncomingMessage } from "node:http";
import { pipeline, type Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { badUserInput, MetricsError } from "../errors.js";

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Reads request bodies of JSON in UTF-8, and of nothing else. */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async ({ headers }: FastifyRequest, body: Buffer) => {
      requireUtf8(headers["content-type"] ?? "");
      return parseJson(textOf(body));
    },
  );
}

/** Unpacks request bodies, whatever they hold; the body limit holds for what comes and for what comes out of it. */
export function unpackBodies(app: FastifyInstance): void {
  app.addHook("preParsing", async (request, _reply, payload) => {
    const encoding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
    if (encoding === "identity") return payload;
    const unpack = Object.hasOwn(unpackers, encoding) ? unpackers[encoding] : undefined;
    if (unpack === undefined) {
      const known = Object.keys(unpackers).join(", ");
      throw new MetricsError("UNSUPPORTED_MEDIA_TYPE", `The content encoding must be one of ${known}.`);
    }
    return unpacked(payload as IncomingMessage, unpack());
  });
}

/** JSON is UTF-8 (RFC 8259); a client that says otherwise means other bytes than we would read. */
function requireUtf8(contentType: string): void {
  const [, charset = "utf-8"] = /charset="?([^";\s]+)/i.exec(contentType) ?? [];
  if (/^utf-?8$/i.test(charset)) return;
  throw new MetricsError("UNSUPPORTED_MEDIA_TYPE", "The body must be JSON in UTF-8.");
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw notJson("The body must be JSON in UTF-8.");
  }
}

/** A key such as `__proto__` is a field like any other here: whoever reads the value refuses it by its name. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson("The body is not JSON.");
  }
}

/** The unpacked bytes; they carry how many packed ones were read, which are limited as well. */
function unpacked(packed: Readable, unpacker: Transform) {
  const stream = Object.assign(unpacker, { receivedEncodedLength: 0 });
  packed.on("data", (chunk: Buffer) => {
    stream.receivedEncodedLength += chunk.length;
  });
  pipeline(packed, unpacker, () => {}); // a failure reaches the reader of the unpacked stream
  unpacker.on("error", () => {}); // whom not every request has: without a listener, it would end the process
  return stream;
}

function notJson(message: string): MetricsError {
  return badUserInput([{ path: "", message }], { status: 400 });
}
