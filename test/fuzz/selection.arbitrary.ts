import fc from "fast-check";
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { inputOf } from "./input.arbitrary.js";
import { plausibleValues } from "./plausible.js";
import { rarely } from "./rarely.arbitrary.js";
import { type Value, verbatim } from "./value.js";

export interface Directive {
  readonly name: string;
  readonly condition: Value;
}

export interface FieldNode {
  readonly kind: "field";
  readonly name: string;
  readonly alias?: string | undefined;
  readonly directive?: Directive | undefined;
  readonly arguments?: readonly (readonly [string, Value])[];
  readonly selection: readonly Node[];
}

interface Fragment<Kind> {
  readonly kind: Kind;
  readonly on: string;
  readonly directive?: Directive | undefined;
  readonly selection: readonly Node[];
}

/** What is asked of a type. A spread becomes a fragment of the document. */
export type Node = FieldNode | Fragment<"inline"> | Fragment<"spread">;

type Field = GraphQLField<unknown, unknown>;

const conditions = fc
  .tuple(fc.constantFrom("include", "skip"), fc.boolean(), fc.constantFrom("inline", "variable"))
  .map(([name, isMet, how]): Directive => {
    const value = verbatim(String(isMet));
    return { name, condition: how === "inline" ? value : { kind: "variable", type: "Boolean!", value } };
  });

const sometimes = <Item>(item: fc.Arbitrary<Item>) => rarely(item, 20);

const objectOf = ({ type }: Field): GraphQLObjectType | undefined => {
  const named: unknown = getNamedType(type);
  return isObjectType(named) ? named : undefined;
};

const known = new Map<string, fc.Arbitrary<readonly Node[]>>();

const argumentsOf = ({ args, name }: Field): fc.Arbitrary<readonly (readonly [string, Value])[]> =>
  fc
    .record<Record<string, Value>, string>(
      Object.fromEntries(args.map((argument) => [argument.name, inputOf(argument, name)])),
      { requiredKeys: args.filter(isRequiredArgument).map((argument) => argument.name) },
    )
    .map(Object.entries);

/** The first plausible value of each argument of a field. */
const plausibleArguments = ({ args, name: parent }: Field) =>
  args.flatMap(({ name, type }): readonly (readonly [string, Value])[] => {
    const [value] = plausibleValues(getNamedType(type), { parent, name });
    return value === undefined ? [] : [[name, value]];
  });

function fieldNode(field: Field, depth: number): fc.Arbitrary<Node> {
  const inner = objectOf(field);
  return fc
    .record({
      alias: sometimes(fc.constant(`${field.name}Alias`)),
      directive: sometimes(conditions),
      arguments: argumentsOf(field),
      selection: inner === undefined ? fc.constant([]) : selectionOf(inner, depth - 1),
    })
    .map((facts): Node => ({ kind: "field", name: field.name, ...facts }));
}

/** A few fields of a type, some of them in fragments, at most so many levels deep. */
export function selectionOf(type: GraphQLObjectType, depth = 3): fc.Arbitrary<readonly Node[]> {
  const key = `${type.name} ${depth}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const fields = Object.values(type.getFields()).filter(
    (field) => depth > 0 || objectOf(field) === undefined,
  );
  const typename: fc.Arbitrary<Node> = fc.constant({ kind: "field", name: "__typename", selection: [] });
  const weighted = fields.map((field) => ({
    weight: objectOf(field) === undefined ? 8 : 3, // or most requests are over the limits
    arbitrary: fieldNode(field, depth),
  }));
  const some = fc.array(fc.oneof({ weight: 2, arbitrary: typename }, ...weighted), {
    minLength: 1,
    maxLength: 4,
  });
  const fragment = fc.record({
    on: fc.constant(type.name),
    directive: sometimes(conditions),
    selection: some,
  });
  const nodes = fc
    .tuple(some, sometimes(fragment), sometimes(fragment))
    .map(([plain, inline, spread]): readonly Node[] => [
      ...plain,
      ...(inline ? [{ kind: "inline" as const, ...inline }] : []),
      ...(spread ? [{ kind: "spread" as const, ...spread }] : []),
    ]);
  known.set(key, nodes);
  return nodes;
}

/** Every field there is below a type, no type inside itself. */
export function everythingOf(type: GraphQLOutputType, above: readonly string[] = []): readonly Node[] {
  const named = getNamedType(type);
  if (!isObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field): readonly Node[] => {
    const inner = objectOf(field);
    if (inner !== undefined && [...above, named.name].includes(inner.name)) return [];
    const selection = everythingOf(field.type, [...above, named.name]);
    return [{ kind: "field", name: field.name, arguments: plausibleArguments(field), selection }];
  });
}
