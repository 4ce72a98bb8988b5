import { snakeCase } from "../../src/domain/snake-names.js";
import type { Documented } from "../../src/rest/documented.js";
import type { Parameter } from "../../src/rest/parameters.js";
import { described, descriptionOf } from "./descriptions.js";
import { type JsonSchema, neverNull, renamed } from "./json-schema.js";
import { commonWords, describingTypes, ownWords } from "./own-words.js";

/** The part of the path by which what a route takes is described: formats of one report take the same. */
export const subjectOf = (path: string): string => path.replace(/\.\w+$/, "");

/** The query parameters of a route. */
export function queryParameters(path: string, { parameters }: Documented, input: JsonSchema) {
  return Object.entries(parameters).map(([name, parameter]) => {
    const { description = wordsFor(path, name, parameter), ...schema } = schemaOf(path, parameter, input);
    const about = { name, in: "query", description };
    return parameter.isJson
      ? { ...about, required: true, content: { "application/json": { schema } } }
      : { ...about, schema };
  });
}

function schemaOf(path: string, parameter: Parameter, input: JsonSchema): JsonSchema {
  const { field, words, aliases, isJson } = parameter;
  if (isJson) return described(renamed(input, snakeCase), describingTypes[subjectOf(path)] ?? []);
  if (words) return { type: "string", enum: words };
  const found = field
    .split(".")
    .reduce<JsonSchema | undefined>((outer, name) => outer && neverNull(outer).properties?.[name], input);
  if (found === undefined) throw new Error(`${path} has a parameter for ${field}, which its input has not.`);
  const schema = neverNull(found);
  return aliases ? { ...schema, enum: [...(schema.enum ?? []), ...aliases.keys()] } : schema;
}

function wordsFor(path: string, name: string, { field }: Parameter): string {
  const subject = subjectOf(path);
  const meant = snakeCase(field.split(".").at(-1) ?? field);
  const found =
    ownWords[subject]?.[meant] ?? commonWords[name] ?? descriptionOf(describingTypes[subject] ?? [], meant);
  if (found === undefined) throw new Error(`Nothing describes the parameter ${name} of ${path}.`);
  return found;
}
