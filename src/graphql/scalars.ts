import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { instantRule, parseInstant } from "../domain/instant.js";
import { isUsd, usdRule } from "../domain/usd.js";
import { parseUuid, uuidRule } from "../domain/uuid.js";

interface Definition<Internal, External> {
  readonly name: string;
  readonly description: string;
  readonly specifiedByURL?: string;
  /** What would be right, for the message of a refusal. */
  readonly expected: string;
  /** The internal value of what a client sent; undefined when it is not of this type. */
  readonly parse: (value: unknown) => Internal | undefined;
  readonly serialize: (value: Internal) => External;
}

/** A scalar that accepts a literal and a variable alike, and never converts one type into another. */
function scalar<Internal, External>(definition: Definition<Internal, External>) {
  const { name, description, specifiedByURL, expected, parse, serialize } = definition;
  const parseValue = (value: unknown, nodes?: ValueNode) => {
    const parsed = parse(value);
    if (parsed === undefined) throw new GraphQLError(expected, { nodes });
    return parsed;
  };
  return new GraphQLScalarType<Internal, External>({
    name,
    description,
    specifiedByURL,
    parseValue: (value) => parseValue(value),
    parseLiteral: (node) => parseValue(literal(node), node),
    serialize: (value) => serialize(value as Internal), // the schema's own resolvers made it
  });
}

function literal(node: ValueNode): unknown {
  if (node.kind === Kind.STRING) return node.value;
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return Number(node.value);
  return undefined;
}

const ifString =
  <T>(parse: (text: string) => T | undefined) =>
  (value: unknown) =>
    typeof value === "string" ? parse(value) : undefined;

const wholeNumber = (max: number) => (value: unknown) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max ? value : undefined;

export const Uuid = scalar<string, string>({
  name: "UUID",
  description: "A UUID (RFC 9562) of any version, answered in lower case.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc9562",
  expected: uuidRule,
  parse: ifString(parseUuid),
  serialize: (id) => id,
});

export const DateTime = scalar<Date, string>({
  name: "DateTime",
  description: "An instant as RFC 3339 text with an offset, kept to the millisecond and answered in UTC.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
  expected: instantRule,
  parse: ifString(parseInstant),
  serialize: (instant) => instant.toISOString(),
});

export const Usd = scalar<number, number>({
  name: "USD",
  description: "An amount of US dollars with at most 6 decimals; from 0 to 999999.999999 on input.",
  expected: usdRule,
  parse: (value) => (typeof value === "number" && isUsd(value) ? value : undefined),
  serialize: (amount) => amount,
});

export const NonNegativeInt = scalar<number, number>({
  name: "NonNegativeInt",
  description: "A whole number from 0 to 2147483647; neither fractions nor strings are converted.",
  expected: "must be a whole number from 0 to 2147483647",
  parse: wholeNumber(2_147_483_647),
  serialize: (count) => count,
});

export const SafeInt = scalar<number, number>({
  name: "SafeInt",
  description: "A whole number of up to 53 bits, for sums.",
  expected: "must be a whole number of at most 53 bits",
  parse: wholeNumber(Number.MAX_SAFE_INTEGER),
  serialize: (sum) => sum,
});
