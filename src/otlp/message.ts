import type { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { badUserInput, type MetricsError } from "../errors.js";

/** A field of an OTLP message, read from either encoding into the same value. */
export interface Field<Value> {
  /** Its number in protobuf. */
  readonly number: number;
  readonly wireType: WireType;
  /** Its name in JSON, where that is not the name it has in the message here. */
  readonly jsonName?: string;
  /**
   * Reads one occurrence; `before` is what the earlier ones gave.
   * @throws when the bytes are no such value
   */
  fromProtobuf(reader: BinaryReader, before: Value | undefined): Value;
  /** @throws MetricsError `BAD_USER_INPUT` naming the path `at` */
  fromJson(json: unknown, at: string): Value;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What was read of a message: its fields, where they were sent. */
export type Values<All extends Fields> = {
  readonly [Name in keyof All]?: All[Name] extends Field<infer Value> ? Value : never;
};

interface Entry {
  readonly name: string;
  readonly jsonName: string;
  readonly field: Field<unknown>;
}

/**
 * A message as a table of its fields. Fields it does not know are passed over, as OTLP demands; a known one of
 * another wire type betrays another message. It nests no deeper than its table, whatever is sent.
 */
export class Message<All extends Fields> {
  readonly #entries: readonly Entry[];
  readonly #byNumber: ReadonlyMap<number, Entry>;

  constructor(fields: All) {
    this.#entries = Object.entries(fields).map(([name, field]) => ({
      name,
      jsonName: field.jsonName ?? name,
      field,
    }));
    this.#byNumber = new Map(this.#entries.map((entry) => [entry.field.number, entry]));
  }

  /**
   * Reads on until the byte at `end`; of a message that comes in several parts, `before` is what the earlier ones gave.
   * @throws when the bytes are no such message
   */
  fromProtobuf(reader: BinaryReader, end: number, before?: Values<All>): Values<All> {
    const values: Record<string, unknown> = before ?? {};
    while (reader.pos < end) {
      const [number, wireType] = reader.tag();
      const known = this.#byNumber.get(number);
      if (known === undefined) reader.skip(wireType, number);
      else if (known.field.wireType !== wireType)
        throw new Error(`${known.jsonName} is of another wire type`);
      else values[known.name] = known.field.fromProtobuf(reader, values[known.name]);
    }
    if (reader.pos !== end) throw new Error("a field reaches beyond its message");
    return values as Values<All>; // the fields of this very table
  }

  /** @throws MetricsError `BAD_USER_INPUT` naming the path of what has the wrong shape */
  fromJson(json: unknown, at: string): Values<All> {
    if (!isObject(json)) throw wrongShape(at, "must be an object");
    const values: Record<string, unknown> = {};
    for (const { name, jsonName, field } of this.#entries) {
      const value = json[jsonName];
      if (value === undefined || value === null) continue;
      values[name] = field.fromJson(value, at === "" ? jsonName : `${at}.${jsonName}`);
    }
    return values as Values<All>; // the fields of this very table
  }
}

export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** A JSON value that OTLP does not have at its place. */
export function wrongShape(path: string, message: string): MetricsError {
  return badUserInput([{ path, message }], { status: 400 });
}
