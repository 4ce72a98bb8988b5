import fc from "fast-check";
import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import type { GraphqlRequest, Operation } from "./document.js";
import { inputOf } from "./input.arbitrary.js";
import { rarely } from "./rarely.arbitrary.js";
import { type FieldNode, selectionOf } from "./selection.arbitrary.js";
import type { Value } from "./value.js";

type Field = GraphQLField<unknown, unknown>;

const nameOf = (kind: Operation["kind"]) => (kind === "query" ? "Ask" : "Tell");

function rootField(field: Field): fc.Arbitrary<FieldNode> {
  const shape = Object.fromEntries(
    field.args.map((argument) => [argument.name, inputOf(argument, field.name)]),
  );
  const requiredKeys = field.args.filter(isRequiredArgument).map(({ name }) => name);
  const named: unknown = getNamedType(field.type);
  return fc
    .record({
      arguments: fc.record<Record<string, Value>, string>(shape, { requiredKeys }).map(Object.entries),
      selection: isObjectType(named) ? selectionOf(named) : fc.constant([]),
    })
    .map((facts): FieldNode => ({ kind: "field", name: field.name, ...facts }));
}

function operationsOf(schema: GraphQLSchema, kind: Operation["kind"]): fc.Arbitrary<Operation> {
  const root = kind === "query" ? schema.getQueryType() : schema.getMutationType();
  if (!root) throw new Error(`The schema has no ${kind}`);
  const fields = Object.values(root.getFields()).map(rootField);
  return fc.record({
    kind: fc.constant(kind),
    name: fc.option(fc.constant(nameOf(kind)), { nil: undefined }),
    fields: fc
      .tuple(fc.oneof(...fields), rarely(fc.oneof(...fields), 5), rarely(fc.oneof(...fields), 10))
      .map((some) => some.flatMap((field, index) => (field ? { ...field, alias: `r${index}` } : []))),
  });
}

const names = fc.constantFrom(
  ...["Ask", "Tell", "Nope", "", "__proto__", "constructor"].map((name) => JSON.stringify(name)),
);

/** Requests that the schema allows but for a few hostile values: mostly mutations, some of several operations. */
export function requestsOf(schema: GraphQLSchema): fc.Arbitrary<GraphqlRequest> {
  const [query, mutation] = [operationsOf(schema, "query"), operationsOf(schema, "mutation")];
  const single = fc.oneof({ weight: 1, arbitrary: query }, { weight: 2, arbitrary: mutation });
  const one = fc.record({
    operations: single.map((operation) => [operation]),
    operationName: rarely(names, 30),
  });
  const several = fc.record({
    operations: fc
      .tuple(query, mutation)
      .map((both) => both.map((each) => ({ ...each, name: nameOf(each.kind) }))),
    operationName: fc.option(names, { nil: undefined }),
  });
  const oneInThirty = fc.nat({ max: 29 });
  return fc
    .tuple(fc.oneof({ weight: 8, arbitrary: one }, { weight: 1, arbitrary: several }), oneInThirty)
    .map(([request, chance]): GraphqlRequest => {
      const gets = request.operations[0]?.kind === "query" ? 6 : 1; // a mutation over GET is refused as such
      return { ...request, method: chance < gets ? "GET" : "POST" };
    });
}
