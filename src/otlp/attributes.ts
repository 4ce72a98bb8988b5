import { WireType } from "@bufbuild/protobuf/wire";
import { deferred, double, endOfField, flag, integer, list, nested, text, unread } from "./fields.js";
import { type Field, Message } from "./message.js";

/**
 * Every attribute that is ever read. The values of all others are passed over undecoded, so that prompts, e-mail
 * addresses and file paths get no further than the bytes of the request.
 */
const attributeNames = [
  "anthropic.provider",
  "cache_creation_1h_tokens",
  "cache_creation_5m_tokens",
  "cache_creation_tokens",
  "cache_read_tokens",
  "cache_write_token_count",
  "cached_content_token_count",
  "cached_token_count",
  "conversation.id",
  "cost_usd",
  "cost_usd_micros",
  "duration_ms",
  "event.kind",
  "event.name",
  "event.sequence",
  "event.timestamp",
  "gen_ai.conversation.id",
  "gen_ai.operation.name",
  "gen_ai.provider.name",
  "gen_ai.request.model",
  "gen_ai.response.id",
  "gen_ai.response.model",
  "gen_ai.system",
  "gen_ai.usage.cache_creation.input_tokens",
  "gen_ai.usage.cache_creation_input_tokens",
  "gen_ai.usage.cache_read.input_tokens",
  "gen_ai.usage.cache_read_input_tokens",
  "gen_ai.usage.cache_write.input_tokens",
  "gen_ai.usage.completion_tokens",
  "gen_ai.usage.input_tokens",
  "gen_ai.usage.output_tokens",
  "gen_ai.usage.prompt_tokens",
  "input_token_count",
  "input_tokens",
  "model",
  "output_token_count",
  "output_tokens",
  "prompt_id",
  "request_id",
  "service.name",
  "session.id",
  "thoughts_token_count",
  "tool_token_count",
  "ws_execution_id",
] as const;

export type AttributeName = (typeof attributeNames)[number];

const readNames: ReadonlySet<string> = new Set(attributeNames);
const isRead = (name: string): name is AttributeName => readNames.has(name);

const anyValue = new Message({
  stringValue: text(1),
  boolValue: flag(2),
  intValue: integer(3),
  doubleValue: double(4),
  arrayValue: unread(5, WireType.LengthDelimited),
  kvlistValue: unread(6, WireType.LengthDelimited),
  bytesValue: unread(7, WireType.LengthDelimited),
});

const keyValue = new Message({ key: text(1), value: deferred(2, anyValue) });
const keyValues = list(nested(1, keyValue));

type Scalar = string | number | boolean;

/** Attributes of a resource, a log record or a span; of several with one name the last counts. */
export class Attributes {
  readonly #values = new Map<AttributeName, Scalar>();

  /** Adds an attribute if it is one that is read, and has a value that is no list or map. */
  add({ key = "", value: read }: ReturnType<typeof keyValue.fromJson>): this {
    if (!isRead(key) || read === undefined) return this;
    const { stringValue, boolValue, intValue, doubleValue } = read();
    const value = stringValue ?? intValue ?? doubleValue ?? boolValue;
    if (value !== undefined) this.#values.set(key, value);
    return this;
  }

  get(name: AttributeName): Scalar | undefined {
    return this.#values.get(name);
  }

  /** Text that is not empty. */
  text(name: AttributeName): string | undefined {
    const value = this.#values.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** A number, sent as such or as its digits; NaN for what is neither, which no rule lets pass. */
  number(name: AttributeName): number | undefined {
    const value = this.#values.get(name);
    if (value === undefined || value === "") return undefined;
    if (typeof value === "number") return value;
    return typeof value === "string" && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)
      ? Number(value)
      : Number.NaN;
  }
}

/** The attributes of a message. */
export const attributes = (number: number): Field<Attributes> => ({
  number,
  wireType: WireType.LengthDelimited,
  fromProtobuf: (reader, before = new Attributes()) =>
    before.add(keyValue.fromProtobuf(reader, endOfField(reader))),
  fromJson: (json, at) => keyValues.fromJson(json, at).reduce((all, each) => all.add(each), new Attributes()),
});
