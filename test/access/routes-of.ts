import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { FastifyInstance } from "fastify";
import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";

/** What `start` teaches the router of the server that it starts, as `POST /path`; the router's own account of it. */
export async function routesOf<T>(start: () => Promise<T>): Promise<readonly [T, readonly string[]]> {
  const routes: string[] = [];
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }; // documented for this channel
    fastify.addHook("onRoute", ({ method, url }) => {
      for (const each of [method].flat()) routes.push(`${each} ${url}`);
    });
  };
  subscribe("fastify.initialization", listen);
  try {
    return [await start(), routes];
  } finally {
    unsubscribe("fastify.initialization", listen);
  }
}

/** Every field that a document can begin with, as `Query.name`. */
export function rootFields(schema: GraphQLSchema): readonly string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) =>
    Object.keys(root?.getFields() ?? {}).map((field) => `${root?.name}.${field}`),
  );
}

/** A document that asks for a root field with as little as its types demand. */
export function documentFor(schema: GraphQLSchema, rootField: string): string {
  const [rootName = "", name = ""] = rootField.split(".");
  const root = schema.getType(rootName);
  const field = isObjectType(root) ? root.getFields()[name] : undefined;
  if (field === undefined) throw new Error(`there is no ${rootField}`);
  const given = field.args.filter(isRequiredArgument).map((arg) => `${arg.name}: ${literalOf(arg.type)}`);
  const selection = isLeafType(getNamedType(field.type)) ? "" : " { __typename }";
  return `${rootName.toLowerCase()} { ${name}${given.length > 0 ? `(${given.join(", ")})` : ""}${selection} }`;
}

const literals: Readonly<Record<string, string>> = {
  UUID: '"3f0c0d2e-0000-4000-8000-000000000001"',
  DateTime: '"2026-02-23T10:00:00Z"',
  String: '"text"',
  ID: '"text"',
  Boolean: "true",
};

function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType);
  if (isListType(type)) return "[]";
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "null";
  if (!isInputObjectType(type)) return literals[type.name] ?? "1";
  const required = Object.values(type.getFields()).filter(isRequiredInputField);
  return `{ ${required.map((field) => `${field.name}: ${literalOf(field.type)}`).join(", ")} }`;
}

/** Every type that an answer to fields of `root` can hold, however deep. */
export function typesBelow(schema: GraphQLSchema, root: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (type: GraphQLNamedType | undefined) => {
    if (!isObjectType(type) || found.has(type.name)) return;
    found.add(type.name);
    for (const field of Object.values(type.getFields())) visit(getNamedType(field.type));
  };
  visit(schema.getType(root));
  return found;
}
