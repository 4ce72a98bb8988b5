import fc from "fast-check";
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
} from "graphql";
import { hostileValues } from "./hostile.js";
import { isChoice, type Place, plausibleValues } from "./plausible.js";
import { rarely } from "./rarely.arbitrary.js";
import { nothing, type Value } from "./value.js";

/** One hostile value among so many; most requests shall get past the first check. */
const plausibleToOneHostile = 60;

function plausibleObject(type: GraphQLInputObjectType): fc.Arbitrary<Value> {
  const fields = Object.values(type.getFields());
  const shape = Object.fromEntries(fields.map((field) => [field.name, inputOf(field, type.name)]));
  const object = (entries: readonly (readonly [string, Value])[]): Value => ({
    kind: "object",
    fields: entries,
  });
  if (isChoice(type)) {
    const options = Object.entries(shape).map(([name, value]) =>
      value.map((inner) => object([[name, inner]])),
    );
    return fc.oneof(...options);
  }
  const requiredKeys = fields.filter(isRequiredInputField).map(({ name }) => name);
  const stranger = fc.constantFrom("__proto__", "constructor", "nope", "id", "ws_id");
  return fc
    .tuple(
      fc.record<Record<string, Value>, string>(shape, { requiredKeys }),
      rarely(stranger, 100),
      rarely(fc.constantFrom(...requiredKeys, "id"), 100),
    )
    .map(([record, added, dropped]) => {
      const entries = Object.entries(record).filter(([name]) => name !== dropped);
      return object(added === undefined ? entries : [...entries, [added, nothing]]);
    });
}

function plausible(type: GraphQLInputType, place: Place): fc.Arbitrary<Value> {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = placed(nullable.ofType, place);
    return fc.array(item, { minLength: 1, maxLength: 4 }).map((items): Value => ({ kind: "list", items }));
  }
  const named = getNamedType(type);
  return isInputObjectType(named)
    ? plausibleObject(named)
    : fc.constantFrom(...plausibleValues(named, place));
}

function placed(type: GraphQLInputType, place: Place): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: plausibleToOneHostile, arbitrary: plausible(type, place) },
    { weight: 1, arbitrary: fc.constantFrom(...hostileValues(getNamedType(type), place.name)) },
  );
}

/** Values of an argument or input field, written out or as a variable; a few are hostile. */
export function inputOf(
  { name, type }: GraphQLArgument | GraphQLInputField,
  parent: string,
): fc.Arbitrary<Value> {
  const value = placed(type, { parent, name });
  const variable = value.map((inner): Value => ({ kind: "variable", type: String(type), value: inner }));
  return fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: variable });
}
