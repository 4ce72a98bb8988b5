import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { instantRule } from "../domain/instant.js";
import { usdRule } from "../domain/usd.js";
import { uuidRule } from "../domain/uuid.js";

interface Definition<External> {
  readonly name: string;
  readonly description: string;
  readonly specifiedByURL?: string;
  /** The JSON type it is sent as; which of its values are right is for the operation to judge, item by item. */
  readonly sentAs: "string" | "number";
  /** What would be right, for the message of a refusal. */
  readonly expected: string;
  readonly serialize: (value: never) => External;
}

/** A scalar that accepts a literal and a variable alike, and never converts one type into another. */
function scalar<External>(definition: Definition<External>) {
  const { name, description, specifiedByURL, sentAs, expected, serialize } = definition;
  const parse = (value: unknown, nodes?: ValueNode) => {
    if (typeof value === sentAs) return value;
    throw new GraphQLError(expected, { nodes });
  };
  return new GraphQLScalarType<unknown, External>({
    name,
    description,
    specifiedByURL,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(literal(node), node),
    serialize: (value) => serialize(value as never), // the schema's own resolvers made it
  });
}

function literal(node: ValueNode): unknown {
  if (node.kind === Kind.STRING) return node.value;
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return Number(node.value);
  return undefined;
}

const asIs = <Value>(value: Value): Value => value;

export const Uuid = scalar({
  name: "UUID",
  description: "A UUID (RFC 9562) of any version, answered in lower case.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc9562",
  sentAs: "string",
  expected: uuidRule,
  serialize: asIs<string>,
});

export const DateTime = scalar({
  name: "DateTime",
  description: "An instant as RFC 3339 text with an offset, kept to the millisecond and answered in UTC.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
  sentAs: "string",
  expected: instantRule,
  serialize: (instant: Date) => instant.toISOString(),
});

export const Usd = scalar({
  name: "USD",
  description: "An amount of US dollars with at most 6 decimals; from 0 to 999999.999999 on input.",
  sentAs: "number",
  expected: usdRule,
  serialize: asIs<number>,
});

export const NonNegativeInt = scalar({
  name: "NonNegativeInt",
  description: "A whole number from 0 to 2147483647; neither fractions nor strings are converted.",
  sentAs: "number",
  expected: "must be a whole number from 0 to 2147483647",
  serialize: asIs<number>,
});

export const SafeInt = scalar({
  name: "SafeInt",
  description: "A whole number of up to 53 bits, for sums.",
  sentAs: "number",
  expected: "must be a whole number of at most 53 bits",
  serialize: asIs<number>,
});
