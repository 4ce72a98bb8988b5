import { z } from "zod";

/** A JSON Schema of draft 2020-12, which is what OpenAPI 3.1 describes bodies in. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

type Properties = NonNullable<JsonSchema["properties"]>;
const isNull = ({ type }: JsonSchema) => type === "null";

/** What is sent to the server by a schema of `zod`; rules that JSON Schema cannot say are left out. */
export const inputSchema = (schema: z.ZodType): JsonSchema => jsonSchemaOf(schema);

/**
 * What the server answers by a schema of `zod`, as a reference to one of the components, which are added to those given.
 * Objects may get further fields one day, as the policy of changes has it.
 */
export function answerSchema(schema: z.ZodType, components: Map<string, JsonSchema>): JsonSchema {
  const { $defs = {}, ...whole } = jsonSchemaOf(schema);
  for (const [name, component] of Object.entries($defs as Properties)) components.set(name, named(component));
  if (typeof whole.id !== "string") return whole;
  components.set(whole.id, named(whole));
  return { $ref: `#/components/schemas/${whole.id}` };
}

const named = ({ id: _, ...schema }: JsonSchema): JsonSchema => schema;

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date")
        Object.assign(jsonSchema, { type: "string", format: "date-time" });
    },
  });
  const { $schema: _, ...own } = made;
  return briefly(JSON.parse(JSON.stringify(own).replaceAll("#/$defs/", "#/components/schemas/")));
}

/** The same, with a type that may be null where there was a choice between a type and null. */
function briefly(schema: JsonSchema): JsonSchema {
  const { anyOf, ...others } = mapped(schema, briefly);
  const [one, ...more] = anyOf?.filter((each) => !isNull(each)) ?? [];
  if (anyOf === undefined || one === undefined) return others;
  const isBrief = more.length === 0 && typeof one.type === "string" && one.enum === undefined;
  return isBrief ? { ...one, ...others, type: [one.type, "null"] } : { ...others, anyOf };
}

/** A schema whose parts are changed, down to its leaves where `change` goes on. */
export function mapped(
  schema: JsonSchema,
  change: (part: JsonSchema, name?: string) => JsonSchema,
): JsonSchema {
  const all = (parts: Properties) =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, change(part, name)]));
  return {
    ...schema,
    ...(schema.properties && { properties: all(schema.properties) }),
    ...(schema.$defs !== undefined && { $defs: all(schema.$defs as Properties) }),
    ...(schema.items && { items: change(schema.items) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map((part) => change(part)) }),
  };
}

/** A schema with its properties named anew, at every depth. */
export function renamed(schema: JsonSchema, name: (property: string) => string): JsonSchema {
  const { properties, required, ...others } = mapped(schema, (part) => renamed(part, name));
  return {
    ...others,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, part]) => [name(key), part])),
    }),
    ...(required && { required: required.map(name) }),
  };
}

/** The same without null, which a query parameter cannot say. */
export function neverNull(schema: JsonSchema): JsonSchema {
  const { anyOf, type, ...others } = schema;
  const [one = {}] = anyOf?.filter((part) => !isNull(part)) ?? [];
  if (anyOf !== undefined) return { ...one, ...others };
  return typeof type === "string" || type === undefined ? schema : { ...others, type: type[0] ?? "string" };
}
