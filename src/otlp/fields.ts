import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { type Field, type Fields, type Message, type Values, wrongShape } from "./message.js";

export const text = (number: number): Field<string> => ({
  number,
  wireType: WireType.LengthDelimited,
  fromProtobuf: (reader) => reader.string(true),
  fromJson: (json, at) => {
    if (typeof json !== "string") throw wrongShape(at, "must be a string");
    return json;
  },
});

export const flag = (number: number): Field<boolean> => ({
  number,
  wireType: WireType.Varint,
  fromProtobuf: (reader) => reader.bool(),
  fromJson: (json, at) => {
    if (typeof json !== "boolean") throw wrongShape(at, "must be true or false");
    return json;
  },
});

/** A 64-bit integer; beyond 2^53 the nearest number. */
export const integer = (number: number): Field<number> => ({
  number,
  wireType: WireType.Varint,
  fromProtobuf: (reader) => Number(reader.int64()),
  fromJson: (json, at) => {
    if (typeof json === "string" && /^-?\d{1,20}$/.test(json)) return Number(json);
    if (typeof json === "number" && Number.isInteger(json)) return json;
    throw wrongShape(at, "must be a whole number, or its digits in a string");
  },
});

const doubleText = /^(NaN|-?Infinity|-?\d+(\.\d+)?(e[+-]?\d+)?)$/i;

export const double = (number: number): Field<number> => ({
  number,
  wireType: WireType.Bit64,
  fromProtobuf: (reader) => reader.double(),
  fromJson: (json, at) => {
    if (typeof json === "number" || (typeof json === "string" && doubleText.test(json))) return Number(json);
    throw wrongShape(at, "must be a number");
  },
});

/**
 * Nanoseconds since 1970, read as the nearest microsecond: some exporters write them as JSON numbers, which are no more
 * exact than that. Zero says that the time is not known.
 */
export const microseconds = (number: number): Field<number> => ({
  number,
  wireType: WireType.Bit64,
  fromProtobuf: (reader) => toMicroseconds(BigInt(reader.fixed64())),
  fromJson: (json, at) => {
    if (typeof json === "string" && /^\d{1,20}$/.test(json)) return toMicroseconds(BigInt(json));
    if (typeof json === "number" && Number.isInteger(json) && json >= 0) return Math.round(json / 1000);
    throw wrongShape(at, "must be nanoseconds since 1970, or their digits in a string");
  },
});

const toMicroseconds = (nanoseconds: bigint) => Number((nanoseconds + 500n) / 1000n);

/** An id of so many bytes, read as lower-case hexadecimal digits; empty when it is none, as the all-zero one. */
export const hexId = (number: number, bytes: number): Field<string> => ({
  number,
  wireType: WireType.LengthDelimited,
  fromProtobuf: (reader) => {
    const id = reader.bytes();
    if (id.length !== 0 && id.length !== bytes) throw new Error(`an id has ${bytes} bytes`);
    return validId(Buffer.from(id.buffer, id.byteOffset, id.length).toString("hex"));
  },
  fromJson: (json, at) => {
    if (typeof json !== "string") throw wrongShape(at, "must be a string of hexadecimal digits");
    return json.length === 2 * bytes && /^[0-9a-f]+$/i.test(json) ? validId(json.toLowerCase()) : "";
  },
});

const validId = (hex: string) => (/^0+$/.test(hex) ? "" : hex);

/** A field whose value is never looked at; knowing its wire type tells this message from another. */
export const unread = (number: number, wireType: WireType): Field<undefined> => ({
  number,
  wireType,
  fromProtobuf: (reader) => {
    reader.skip(wireType, number);
    return undefined;
  },
  fromJson: () => undefined,
});

/** A message within the message. */
export const nested = <All extends Fields>(number: number, message: Message<All>): Field<Values<All>> => ({
  number,
  wireType: WireType.LengthDelimited,
  fromProtobuf: (reader, before) => message.fromProtobuf(reader, endOfField(reader), before),
  fromJson: (json, at) => message.fromJson(json, at),
});

/** A message within the message that is not decoded before it is asked for. */
export const deferred = <All extends Fields>(
  number: number,
  message: Message<All>,
): Field<() => Values<All>> => ({
  number,
  wireType: WireType.LengthDelimited,
  fromProtobuf: (reader) => {
    const bytes = reader.bytes();
    return () => message.fromProtobuf(new BinaryReader(bytes), bytes.length);
  },
  fromJson: (json, at) => () => message.fromJson(json, at),
});

/** A field that may occur any number of times. */
export const list = <Item>(item: Field<Item>): Field<Item[]> => ({
  number: item.number,
  wireType: item.wireType,
  fromProtobuf: (reader, before = []) => {
    before.push(item.fromProtobuf(reader, undefined));
    return before;
  },
  fromJson: (json, at) => {
    if (!Array.isArray(json)) throw wrongShape(at, "must be a list");
    return json.map((value, index) => item.fromJson(value, `${at}.${index}`));
  },
});

/** A field that JSON knows by another name. */
export const named = <Value>(jsonName: string, field: Field<Value>): Field<Value> => ({ ...field, jsonName });

/** Where the length-delimited field that begins here ends. */
export function endOfField(reader: BinaryReader): number {
  const length = reader.uint32();
  if (length > reader.len - reader.pos) throw new Error("the message ends too early");
  return reader.pos + length;
}
