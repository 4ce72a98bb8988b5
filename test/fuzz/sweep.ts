import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
} from "graphql";
import type { GraphqlRequest, Operation } from "./document.js";
import { hostileValues } from "./hostile.js";
import { isChoice, type Place, plausibleValues } from "./plausible.js";
import { everythingOf, type FieldNode } from "./selection.arbitrary.js";
import { list, object, type Value } from "./value.js";

/** The ways to say something, and the same with one value in one place exchanged for a hostile one. */
interface Variants {
  readonly plausible: readonly Value[];
  readonly hostile: readonly Value[];
}

/** How many of its hostile values a place is tried with. */
export type Sample = <Item>(all: readonly Item[]) => readonly Item[];

/** Takes so many at a time, and goes on where it stopped, so that in the end every one had its turn. */
export function inTurns(count: number): Sample {
  let taken = 0;
  return (all) => {
    const some = Math.min(count, all.length);
    taken += some;
    const from = taken % Math.max(1, all.length);
    return [...all.slice(from), ...all.slice(0, from)].slice(0, some);
  };
}

function variantsOf(type: GraphQLInputType, place: Place, sample: Sample): Variants {
  const nullable = getNullableType(type);
  const named = getNamedType(type);
  if (isListType(nullable)) {
    const { plausible, hostile } = variantsOf(nullable.ofType, place, sample);
    const wrong = sample(hostileValues(named, place.name));
    return {
      plausible: plausible.map((item) => list(item)),
      hostile: [...hostile.map((item) => list(item)), ...wrong],
    };
  }
  if (!isInputObjectType(named)) {
    const [first] = plausibleValues(named, place);
    return { plausible: first ? [first] : [], hostile: sample(hostileValues(named, place.name)) };
  }
  const fields = Object.values(named.getFields()).map(
    (field) =>
      [field.name, variantsOf(field.type, { parent: named.name, name: field.name }, sample)] as const,
  );
  const wrong = sample(hostileValues(named, place.name));
  if (isChoice(named)) {
    const each = (pick: (variants: Variants) => readonly Value[]) =>
      fields.flatMap(([name, variants]) => pick(variants).map((value) => object({ [name]: value })));
    return {
      plausible: each(({ plausible }) => plausible),
      hostile: [...each(({ hostile }) => hostile), ...wrong],
    };
  }
  const { plausible, hostile } = combined(fields);
  return { plausible, hostile: [...hostile, ...wrong] };
}

/** All fields at once, and each hostile value of each field among the plausible ones of the others. */
function combined(fields: readonly (readonly [string, Variants])[]): Variants {
  const whole: Record<string, Value> = {};
  for (const [name, { plausible }] of fields) if (plausible[0] !== undefined) whole[name] = plausible[0];
  const plausible = fields.flatMap(([name, variants], index) =>
    (index === 0 ? variants.plausible : variants.plausible.slice(1)).map((value) =>
      object({ ...whole, [name]: value }),
    ),
  );
  const hostile = fields.flatMap(([name, variants]) =>
    variants.hostile.map((value) => object({ ...whole, [name]: value })),
  );
  return { plausible: plausible.length > 0 ? plausible : [object({})], hostile };
}

const typename: FieldNode = { kind: "field", name: "__typename", selection: [] };

type Field = GraphQLField<unknown, unknown>;

/** The fields right below another one, each with hostile values for its arguments. */
function hostileBelow({ type }: Field, sample: Sample): readonly FieldNode[] {
  const named = getNamedType(type);
  if (!isObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    field.args.flatMap((argument) => {
      const place = { parent: field.name, name: argument.name };
      return variantsOf(argument.type, place, sample).hostile.map(
        (value): FieldNode => ({
          ...{ kind: "field", name: field.name, arguments: [[argument.name, value]] },
          selection: isObjectType(getNamedType(field.type)) ? [typename] : [],
        }),
      );
    }),
  );
}

function requestsFor(kind: Operation["kind"], field: Field, sample: Sample): readonly GraphqlRequest[] {
  const places = field.args.map((argument) => ({
    name: argument.name,
    type: String(argument.type),
    ...variantsOf(argument.type, { parent: field.name, name: argument.name }, sample),
  }));
  const { plausible, hostile } = combined(places.map((place) => [place.name, place]));
  const asked = everythingOf(field.type);
  const request = (value: Value, isInline: boolean, selection = asked): GraphqlRequest => {
    const given = value.kind === "object" ? value.fields : [];
    const values = given.map(([name, inner]): readonly [string, Value] => {
      const type = places.find((place) => place.name === name)?.type ?? "";
      return [name, isInline ? inner : { kind: "variable", type, value: inner }];
    });
    const fields = [{ kind: "field" as const, name: field.name, arguments: values, selection }];
    return { operations: [{ kind, name: undefined, fields }], operationName: undefined, method: "POST" };
  };
  const [usual = object({})] = plausible;
  return [
    // Everything at once may be beyond the limits of a query, so that each part is asked for by itself as well.
    ...asked
      .filter(({ selection }) => kind === "query" && selection.length > 0)
      .map((part) => request(usual, true, [part])),
    ...hostileBelow(field, sample).map((part) => request(usual, true, [part])),
    ...plausible.flatMap((value) => [request(value, true), request(value, false, [typename])]),
    ...hostile.map((value, index) => request(value, index % 2 === 0, [typename])),
  ];
}

/**
 * Requests that together name every root field, argument, input field and output field of a schema, and give every
 * argument and input field so many of the hostile values there are for it.
 */
export function sweepOf(schema: GraphQLSchema, sample: Sample): readonly GraphqlRequest[] {
  return (["query", "mutation"] as const).flatMap((kind) => {
    const root = kind === "query" ? schema.getQueryType() : schema.getMutationType();
    return Object.values(root?.getFields() ?? {}).flatMap((field) => requestsFor(kind, field, sample));
  });
}
