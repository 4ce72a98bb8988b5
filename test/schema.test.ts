import "reflect-metadata";
import { readFileSync } from "node:fs";
import {
  execute,
  type GraphQLField,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  lexicographicSortSchema,
  parse,
  printSchema,
} from "graphql";
import { describe, expect, test } from "vitest";
import { createContext } from "../src/graphql/context.js";
import { createSchema } from "../src/graphql/schema.js";
import type { Operation } from "../src/operations/operation.js";
import type { Perform } from "../src/operations/perform.js";
import { restRoutes } from "../src/rest/server.js";
import type { Role } from "../src/vocabulary.js";

const schema = createSchema();
const roles: readonly Role[] = ["ingest", "read", "admin"];

type Described = readonly [path: string, description: string | null | undefined];
type Field = GraphQLField<unknown, unknown>;
type Asked = Pick<Operation<unknown, unknown>, "name" | "roles" | "kind">;

/** Everything in the schema that a reader may ask about. */
function* elements(): Generator<Described> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    yield [type.name, type.description];
    if (isEnumType(type)) {
      for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value.description];
    }
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        yield [`${type.name}.${field.name}`, field.description];
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, field.description];
      for (const { name, description } of field.args)
        yield [`${type.name}.${field.name}(${name})`, description];
    }
  }
}

/** A perform that tells which operations are asked for, and performs none. */
function recorder() {
  const asked: Asked[] = [];
  const perform: Perform = (operation) => {
    asked.push(operation);
    return Promise.reject(new Error("not performed"));
  };
  return { asked, perform };
}

/** Literals of every required argument, and a selection where the type needs one. */
function callOf({ name, args, type }: Field): string {
  const literals: Readonly<Record<string, string>> = {
    UUID: '"0f8fad5b-d9cb-469f-a165-70867728950e"',
    DateTime: '"2026-02-23T10:00:00Z"',
    String: '"text"',
    Boolean: "true",
  };
  const literal = (argument: unknown): string => {
    if (isNonNullType(argument)) return literal(argument.ofType);
    if (isListType(argument)) return "[]";
    if (isEnumType(argument)) return argument.getValues()[0]?.name ?? "";
    if (!isInputObjectType(argument)) return literals[String(argument)] ?? "0";
    const required = Object.values(argument.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${required.map((field) => `${field.name}: ${literal(field.type)}`).join(" ")} }`;
  };
  const given = args.filter((argument) => isNonNullType(argument.type));
  const list = given.map((argument) => `${argument.name}: ${literal(argument.type)}`).join(" ");
  const selection = isObjectType(getNamedType(type)) ? "{ __typename }" : "";
  return `${name}${list && `(${list})`} ${selection}`;
}

test("every type, field, argument, input field and enum value says what it is", () => {
  const all = [...elements()];

  const silent = all.filter(([, description]) => !description?.trim()).map(([path]) => path);

  expect(silent).toEqual([]);
  expect(all.length).toBeGreaterThan(200);
});

test("schema.graphql is what the code emits, sorted", () => {
  const emitted = printSchema(lexicographicSortSchema(schema));

  expect(readFileSync("schema.graphql", "utf8").trimEnd()).toBe(emitted.trimEnd());
});

describe("is a door to one operation that some role may ask for:", () => {
  const roots = [
    ["query", schema.getQueryType()],
    ["mutation", schema.getMutationType()],
  ] as const;
  const fields = roots.flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => [kind, field] as const),
  );

  for (const [kind, field] of fields) {
    test(`${kind} ${field.name}`, async () => {
      const { asked, perform } = recorder();

      const document = parse(`${kind} { ${callOf(field)} }`);
      await execute({
        schema,
        document,
        contextValue: createContext(perform, "http://127.0.0.1:4000", 1_000),
      });

      expect(asked).toEqual([
        expect.objectContaining({ name: field.name, kind: kind === "query" ? "read" : "write" }),
      ]);
      expect(asked[0]?.roles.length).toBeGreaterThan(0);
      expect(roles).toEqual(expect.arrayContaining([...(asked[0]?.roles ?? [])]));
    });
  }

  for (const { method, path, answer } of restRoutes) {
    test(`${method} ${path}`, async () => {
      const { asked, perform } = recorder();

      await expect(
        answer(perform, {
          params: { id: "id" },
          query: {},
          body: {},
          accept: undefined,
          performAnew: perform,
          baseUrl: "http://127.0.0.1:4000",
        }),
      ).rejects.toThrow("not performed");

      expect(asked).toEqual([expect.objectContaining({ kind: method === "GET" ? "read" : "write" })]);
      expect(asked[0]?.roles.length).toBeGreaterThan(0);
    });
  }
});

test("whoever may report may not read reports, and the other way round", async () => {
  const { asked, perform } = recorder();
  const ask = (document: string) =>
    execute({
      schema,
      document: parse(document),
      contextValue: createContext(perform, "http://127.0.0.1:4000", 1_000),
    });

  await ask('mutation { startExecution(input: { wsId: "a", executor: "b" }) { outcome } }');
  await ask("{ scoreboard { totalRuns } }");

  expect(asked.map((operation) => operation.roles)).toEqual([
    ["ingest", "admin"],
    ["read", "admin"],
  ]);
});
