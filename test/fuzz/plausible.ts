import { type GraphQLInputObjectType, type GraphQLNamedInputType, isEnumType } from "graphql";
import { plausibleIds, plausibleInstants, plausibleTexts } from "./pool.js";
import { text, type Value, verbatim, word } from "./value.js";

/** Where a value stands: the type or root field it belongs to, and its name there. */
export interface Place {
  readonly parent: string;
  readonly name: string;
}

/** An object that has exactly one of its fields: an event of a batch. */
export const isChoice = ({ name }: GraphQLInputObjectType) => name === "EventInput";

const numerals = (...values: readonly (number | string)[]) => values.map((value) => verbatim(String(value)));

/** Mostly the same one, as a run can have no other end once it has one. */
const ends = [...Array.from({ length: 4 }, () => "COMPLETED"), "FAILED", "HARD_STOP"];

/**
 * What an executor or analyst might say in a place.
 * @throws Error for a scalar that nobody thought of here
 */
export function plausibleValues(type: GraphQLNamedInputType, { parent, name }: Place): readonly Value[] {
  if (parent === "CompleteExecutionInput" && name === "status") return ends.map(word);
  if (isEnumType(type)) return type.getValues().map((value) => word(value.name));
  switch (type.name) {
    case "UUID":
      return plausibleIds(parent, name).map(text);
    case "DateTime":
      return plausibleInstants(name).map(text);
    case "String":
      return plausibleTexts(name).map(text);
    case "Boolean":
      return numerals("true", "false");
    case "Float":
      return numerals(0, 0.5, -1, 1e9);
    case "USD":
      return numerals("0.123456", 0, "0.000001", "0.1", 3, "999999.999999");
    case "Int":
    case "SafeInt":
    case "NonNegativeInt":
      return name === "sequence" ? numerals(1, 2, 3, 7) : numerals(3, 0, 1, 2, 50, 120_000);
    default:
      throw new Error(`Nothing plausible is known for the type ${type.name}`);
  }
}
