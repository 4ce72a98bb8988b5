import {
  coerceInputValue,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  isEnumType,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";
import { badUserInput, type FieldError, listed, type MetricsError } from "../errors.js";
import { argumentPath } from "./argument-path.js";

type Variables = Readonly<Record<string, unknown>>;

/**
 * Every type error of the variables of an operation, as one catalogue error; undefined when there is none.
 * @param limit how many of them are listed
 */
export function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Variables,
  limit: number,
): MetricsError | undefined {
  const errors: FieldError[] = [];
  const enough = new Error("more than are listed");
  try {
    eachTypeError(schema, operation, variables, (error) => {
      errors.push(error);
      if (errors.length > limit) throw enough;
    });
  } catch (stop) {
    if (stop !== enough) throw stop;
  }
  return errors.length === 0 ? undefined : badUserInput(listed(errors, limit));
}

function eachTypeError(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Variables,
  note: (error: FieldError) => void,
): void {
  for (const { variable, type: typeNode, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const type = typeFromAST(schema, typeNode);
    if (!isInputType(type)) continue;
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined && (defaultValue !== undefined || !isNonNullType(type))) continue;
    coerceInputValue(value, type, (path, _, { message }) => {
      note(inWords(schema, [name, ...path].join("."), value === undefined ? "is required" : message));
    });
  }
}

/** A literal or any other part of a document that breaks a rule, as a catalogue error. */
export function documentError(
  schema: GraphQLSchema,
  document: DocumentNode | undefined,
  error: GraphQLError,
): MetricsError {
  const path = document === undefined ? "" : argumentPath(document, error.nodes?.[0]);
  return badUserInput([inWords(schema, path, error.message)]);
}

const builtIn: Readonly<Record<string, string>> = {
  String: "a string",
  Int: "a whole number from -2147483648 to 2147483647",
  Boolean: "true or false",
};

/** Says what would be right where graphql-js says what is wrong. */
function inWords(schema: GraphQLSchema, path: string, message: string): FieldError {
  const at = (field: string) =>
    path === "" || path.endsWith(`.${field}`) ? path || field : `${path}.${field}`;
  const [, missing] = /^Field "[\w.]*?(\w+)" of required type/.exec(message) ?? [];
  if (missing !== undefined) return { path: at(missing), message: "is required" };
  const [, unknown, type] = /^Field "(.*)" is not defined by type "(\w+)"/s.exec(message) ?? [];
  if (unknown !== undefined) return { path: at(unknown), message: `is not a field of ${type}` };
  if (/^Expected (value of )?non-nullable type/.test(message)) return { path, message: "is required" };
  if (/^Expected type "\w+" to be an object/.test(message)) return { path, message: "must be an object" };
  const [, scalar = ""] = /^(\w+) cannot represent/.exec(message) ?? [];
  if (Object.hasOwn(builtIn, scalar)) return { path, message: `must be ${builtIn[scalar]}` };
  const [, enumName = ""] = /(?:in|Enum) "(\w+)"/.exec(message) ?? [];
  const enumType = schema.getType(enumName);
  if (!isEnumType(enumType)) return { path, message };
  const names = enumType.getValues().map(({ name }) => name);
  return { path, message: `must be one of ${names.join(", ")}` };
}
