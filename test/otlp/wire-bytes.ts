/** Protobuf written byte by byte, to write what no library would. */

export const bytes = (...parts: (number | readonly number[] | Uint8Array)[]) =>
  Buffer.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...part])));

/** A length-delimited field; of a number up to 15. */
export function field(number: number, content: Uint8Array): Buffer {
  const length: number[] = [];
  for (let rest = content.length; ; rest >>>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  return bytes((number << 3) | 2, length, content);
}

/** The bytes of a request with one record made of these bytes. */
export const ofRecord = (content: Uint8Array) => field(1, field(2, field(2, content)));
/** A text in its field 1, as `AnyValue`, `KeyValue` and scopes have one. */
export const text = (value: string) => field(1, Buffer.from(value));
export const attribute = (key: string, value: Uint8Array) => bytes(text(key), field(2, value));
