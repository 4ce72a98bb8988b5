/** An input value that can be written as a GraphQL literal and as JSON, also where no JavaScript value can say it. */
export type Value =
  | { readonly kind: "text"; readonly text: string }
  /** Numbers, booleans, null, and whatever must stand there to the letter. */
  | { readonly kind: "verbatim"; readonly literal: string; readonly json: string }
  /** A value of an enum, of whatever spelling. */
  | { readonly kind: "word"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  /** Names may repeat, and may be no names. */
  | { readonly kind: "object"; readonly fields: readonly (readonly [string, Value])[] }
  /** Sent beside the document, where it can be; `type` is what the document declares. */
  | { readonly kind: "variable"; readonly type: string; readonly value: Value };

type VariableValue = Extract<Value, { kind: "variable" }>;

export const text = (content: string): Value => ({ kind: "text", text: content });
export const verbatim = (literal: string, json = literal): Value => ({ kind: "verbatim", literal, json });
export const word = (name: string): Value => ({ kind: "word", name });
export const list = (...items: readonly Value[]): Value => ({ kind: "list", items });
export const object = (fields: Readonly<Record<string, Value>>): Value => ({
  kind: "object",
  fields: Object.entries(fields),
});
export const nothing = verbatim("null");

/** As JSON; variables are written out. */
export function toJson(value: Value): string {
  switch (value.kind) {
    case "text":
      return JSON.stringify(value.text);
    case "verbatim":
      return value.json;
    case "word":
      return JSON.stringify(value.name);
    case "list":
      return `[${value.items.map(toJson).join(",")}]`;
    case "object":
      return `{${value.fields.map(([name, inner]) => `${JSON.stringify(name)}:${toJson(inner)}`).join(",")}}`;
    case "variable":
      return toJson(value.value);
  }
}

/**
 * As a GraphQL literal.
 * @param bind declares a variable and answers its name
 */
export function toLiteral(value: Value, bind: (variable: VariableValue) => string): string {
  const inner = (part: Value) => toLiteral(part, bind);
  switch (value.kind) {
    case "text":
      return JSON.stringify(value.text); // GraphQL escapes as JSON does
    case "verbatim":
      return value.literal;
    case "word":
      return value.name;
    case "list":
      return `[${value.items.map(inner).join(", ")}]`;
    case "object":
      return `{${value.fields.map(([name, part]) => `${name}: ${inner(part)}`).join(", ")}}`;
    case "variable":
      return `$${bind(value)}`;
  }
}
