import type { IncomingMessage } from "node:http";
import { pipeline, type Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { badUserInput, MetricsError } from "../errors.js";

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Reads request bodies: JSON in UTF-8 and nothing else, packed or not, within the body limit either way. */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    let text: string;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(body as Buffer);
    } catch {
      done(notJson("The body must be JSON in UTF-8."));
      return;
    }
    parseJson(request, text, (error, value) => {
      if (error) done(notJson("The body is not JSON."));
      else done(null, value);
    });
  });
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

/** The unpacked bytes; they carry how many packed ones were read, which are limited as well. */
function unpacked(packed: Readable, unpacker: Transform) {
  const stream = Object.assign(unpacker, { receivedEncodedLength: 0 });
  packed.on("data", (chunk: Buffer) => {
    stream.receivedEncodedLength += chunk.length;
  });
  pipeline(packed, unpacker, () => {}); // a failure reaches the reader of the unpacked stream
  return stream;
}

function notJson(message: string): MetricsError {
  return badUserInput([{ path: "", message }], { status: 400 });
}
