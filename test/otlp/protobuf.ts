import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";

export type SignalName = "logs" | "traces" | "metrics";

const root = protobuf.loadSync(fileURLToPath(new URL("proto/otlp.proto", import.meta.url)));
const messages = { logs: "Logs", traces: "Trace", metrics: "Metrics" } as const;
const hexFields: readonly string[] = ["traceId", "spanId", "parentSpanId"];

/** JSON writes ids in hexadecimal digits; everything else in OTLP is spelled as protobufjs expects it. */
function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      hexFields.includes(name) && typeof inner === "string" ? Buffer.from(inner, "hex") : withBytes(inner),
    ]),
  );
}

/** The protobuf of a request that is written down as OTLP/JSON, made by another library than the one under test. */
export function toProtobuf(signal: SignalName, request: object): Uint8Array {
  const type = root.lookupType(`Export${messages[signal]}ServiceRequest`);
  return type.encode(type.fromObject(withBytes(request) as Record<string, unknown>)).finish();
}

function fromProtobuf(message: string, bytes: Uint8Array): Record<string, unknown> {
  const type = root.lookupType(message);
  return type.toObject(type.decode(bytes), { longs: String });
}

/** An answer to an export, spelled as OTLP/JSON spells it. */
export const responseFrom = (signal: SignalName, bytes: Uint8Array) =>
  fromProtobuf(`Export${messages[signal]}ServiceResponse`, bytes);

/** A `google.rpc.Status`. */
export const statusFrom = (bytes: Uint8Array) => fromProtobuf("otlp.Status", bytes);
