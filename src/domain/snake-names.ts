import type { FieldError } from "../errors.js";

/** The snake case of a camel-case name: `wsId` → `ws_id`. */
type SnakeCase<Name extends string> = Name extends `${infer Letter}${infer Rest}`
  ? `${Letter extends Lowercase<Letter> ? Letter : `_${Lowercase<Letter>}`}${SnakeCase<Rest>}`
  : "";

/** A value that says something about every field of `Value`, under its name in snake case. */
export type Spelled<Value> = Readonly<Record<SnakeCase<Extract<keyof Value, string>>, unknown>>;

/** How deep the documents of this API nest; what lies deeper is no field and keeps its name. */
const maxDepth = 4;

/** `wsId` → `ws_id`, `cacheWrite5mTokens` → `cache_write_5m_tokens`. */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])/g, "_").toLowerCase();
}

/** `ws_id` → `wsId`; a name that is not in snake case keeps its spelling, in quotes, which no field has. */
function camelCase(name: string): string {
  const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return snakeCase(camel) === name ? camel : JSON.stringify(name);
}

/** A JSON value with the names of its fields in camel case. */
export function withCamelNames(value: unknown, depth = maxDepth): unknown {
  if (depth === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withCamelNames(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [camelCase(name), withCamelNames(inner, depth - 1)]),
  );
}

/** A message whose backticked names are spelled anew. */
export function spellNames(message: string, spell: (name: string) => string): string {
  return message.replace(/`(\w+)`/g, (_, name: string) => `\`${spell(name)}\``);
}

/** An error about camel-case fields in the words of a client who sent snake case. */
export function inSnakeWords({ path, message }: FieldError): FieldError {
  return {
    path: path.replace(/"(?:[^"\\]|\\.)*"|[^."]+/g, (name) =>
      name.startsWith('"') ? JSON.parse(name) : snakeCase(name),
    ),
    message: spellNames(message, snakeCase),
  };
}
