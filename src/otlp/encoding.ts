import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { PartialSuccess } from "./record-calls.js";
import type { Sent, Signal } from "./signal.js";

/** What answers an export: `Export…ServiceResponse`. */
interface ExportResponse {
  readonly rejectedName: string;
  /** Undefined when everything was taken. */
  readonly partialSuccess: PartialSuccess | undefined;
}

/** What answers a failure: `google.rpc.Status`. */
interface RpcStatus {
  readonly code: number;
  readonly message: string;
}

/** One of the two ways to write OTLP; a request is answered in its own. */
export interface Encoding {
  /** Its media type. */
  readonly type: string;
  /** @throws MetricsError `BAD_USER_INPUT` when the body is not what the signal's path takes */
  read<Item>(signal: Signal<Item>, body: unknown): Iterable<Sent<Item>>;
  writeResponse(response: ExportResponse): string | Buffer;
  writeStatus(status: RpcStatus): string | Buffer;
}

export const json: Encoding = {
  type: "application/json",
  read: (signal, body) => signal.fromJson(body),
  writeResponse: ({ rejectedName, partialSuccess }) => {
    if (partialSuccess === undefined) return "{}";
    const { rejected, message: errorMessage } = partialSuccess;
    return JSON.stringify({ partialSuccess: { [rejectedName]: String(rejected), errorMessage } });
  },
  writeStatus: (status) => JSON.stringify(status),
};

const protobufAs = (type: string): Encoding => ({
  type,
  read: (signal, body) => signal.fromProtobuf(body instanceof Uint8Array ? body : new Uint8Array()),
  writeResponse: ({ partialSuccess }) => {
    if (partialSuccess === undefined) return Buffer.alloc(0);
    return written((writer) => {
      writer.tag(1, WireType.LengthDelimited).fork();
      writer.tag(1, WireType.Varint).int64(partialSuccess.rejected);
      writer.tag(2, WireType.LengthDelimited).string(partialSuccess.message).join();
    });
  },
  writeStatus: ({ code, message }) =>
    written((writer) => {
      writer.tag(1, WireType.Varint).int32(code);
      writer.tag(2, WireType.LengthDelimited).string(message);
    }),
});

function written(write: (writer: BinaryWriter) => void): Buffer {
  const writer = new BinaryWriter();
  write(writer);
  return Buffer.from(writer.finish());
}

/** Media types of protobuf; the second is a usual misspelling of the first. */
export const protobufTypes: readonly string[] = ["application/x-protobuf", "application/protobuf"];

const encodings: readonly Encoding[] = [json, ...protobufTypes.map(protobufAs)];

/** The media types of OTLP over HTTP, in words. */
export const mediaTypes = "application/json or application/x-protobuf";

/** What a `Content-Type` header names of OTLP, whatever its parameters; undefined when it is something else. */
export function encodingOf(contentType = ""): Encoding | undefined {
  const sent = contentType.replace(/;.*/s, "").trim().toLowerCase();
  return encodings.find(({ type }) => type === sent);
}
