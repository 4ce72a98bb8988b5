import { gzipSync } from "node:zlib";
import type { TestServer } from "../support/server.js";
import { responseFrom, type SignalName, statusFrom, toProtobuf } from "./protobuf.js";

/** How a request is put on the wire. */
export interface Manner {
  readonly encoding: "json" | "protobuf";
  readonly gzip?: boolean;
  /** Without a `Content-Length`. */
  readonly chunked?: boolean;
}

export const json: Manner = { encoding: "json" };
export const protobuf: Manner = { encoding: "protobuf" };
export const encodings: readonly Manner[] = [json, protobuf];

/** Every manner that an exporter may choose. */
export const manners: readonly Manner[] = encodings.flatMap((manner) =>
  [false, true].flatMap((gzip) => [false, true].map((chunked) => ({ ...manner, gzip, chunked }))),
);

export const mediaTypes = { json: "application/json", protobuf: "application/x-protobuf" } as const;

/** An answer, spelled as OTLP/JSON spells it whatever its encoding. */
export interface OtlpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

type Reachable = Pick<TestServer, "url">;
type Bytes = string | Uint8Array;

/** The body of a request in an encoding. */
export const bytesOf = (signal: SignalName, request: object, { encoding }: Manner): Uint8Array =>
  encoding === "protobuf" ? toProtobuf(signal, request) : Buffer.from(JSON.stringify(request));

/** Sends bytes as they are. */
export async function sendBytes(
  { url }: Reachable,
  signal: SignalName,
  body: Bytes,
  { encoding, gzip = false, chunked = false }: Manner = json,
  headers: Readonly<Record<string, string>> = {},
): Promise<OtlpAnswer> {
  const packed = gzip ? gzipSync(body) : Buffer.from(body);
  const init: RequestInit & { readonly duplex: "half" } = {
    method: "POST",
    headers: {
      "content-type": mediaTypes[encoding],
      ...(gzip && { "content-encoding": "gzip" }),
      ...headers,
    },
    body: chunked ? new Blob([packed]).stream() : packed,
    duplex: "half",
  };
  const response = await fetch(`${url}/v1/${signal}`, init);
  return answerOf(signal, response);
}

/** Sends a request as an exporter would. */
export function exportTo(
  server: Reachable,
  signal: SignalName,
  request: object,
  manner: Manner = json,
): Promise<OtlpAnswer> {
  return sendBytes(server, signal, bytesOf(signal, request, manner), manner);
}

/** Reads an answer in the encoding it says it is in. */
export async function answerOf(signal: SignalName, response: Response): Promise<OtlpAnswer> {
  const { status, headers } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (/^application\/(x-)?protobuf/.test(headers.get("content-type") ?? "")) {
    return { status, headers, body: status === 200 ? responseFrom(signal, bytes) : statusFrom(bytes) };
  }
  return { status, headers, body: JSON.parse(Buffer.from(bytes).toString()) };
}
