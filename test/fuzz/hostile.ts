import { type GraphQLNamedInputType, isEnumType, isInputObjectType } from "graphql";
import { hostileCursors, hostileIds, hostileInstants, hostileTexts, hostileZones } from "./hostile-texts.js";
import { list, nothing, object, text, type Value, verbatim, word } from "./value.js";

const numerals: readonly Value[] = [
  ...[
    "-1",
    "-0",
    "0",
    "0.5",
    "1.0",
    "1e0",
    "1E3",
    "-1e-7",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
  ],
  ...[
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740993",
    "1e400",
    "-1e400",
    "1e-400",
    "1e21",
  ],
  ...[
    "0.1",
    "0.123456",
    "0.1234567",
    "0.0000005",
    "999999.999999",
    "999999.9999995",
    "1000000",
    "1e999999999",
    "9".repeat(400),
  ],
].map((numeral) => verbatim(numeral));

const unsayable: readonly Value[] = [
  ...["NaN", "Infinity", "-Infinity", "undefined"].map((name) => verbatim(name, JSON.stringify(name))),
  ...["01", "1_000", "0x10", "1n", "+1", ".5", "1.", "1,5"].map((name) => verbatim(name)),
];

const deep = (open: string, close: string, depth: number) =>
  verbatim(open.repeat(depth) + close.repeat(depth));

const nestedObjects = verbatim(
  `${"{a: ".repeat(60)}1${"}".repeat(60)}`,
  `${'{"a":'.repeat(60)}1${"}".repeat(60)}`,
);

/** Of a type that stands nowhere, nested too deep, or with names that mean something to JavaScript. */
const wrongTypes: readonly Value[] = [
  ...[nothing, verbatim("true"), verbatim("false"), list(), object({}), list(nothing), list(list(text("a")))],
  ...[text("a"), verbatim("1"), word("nope"), deep("[", "]", 60), nestedObjects],
  { kind: "object", fields: [["__proto__", object({ id: text("a") })]] },
  { kind: "object", fields: [["constructor", nothing]] },
  {
    kind: "object",
    fields: [
      ["a", nothing],
      ["a", verbatim("1")],
    ],
  },
  { kind: "variable", type: "Nope", value: nothing },
  { kind: "variable", type: "String", value: verbatim("1") },
  { kind: "list", items: Array.from({ length: 1_001 }, () => nothing) },
];

const ownByScalar: Readonly<Record<string, readonly Value[]>> = {
  UUID: [...hostileIds, ...hostileTexts.slice(0, 12)].map(text),
  DateTime: [...hostileInstants, ...hostileTexts.slice(0, 12)].map(text),
  USD: [...numerals, ...unsayable],
  NonNegativeInt: [...numerals, ...unsayable],
  SafeInt: [...numerals, ...unsayable],
  Int: [...numerals, ...unsayable],
  Float: [...numerals, ...unsayable],
  Boolean: [verbatim("0"), verbatim("1"), text("true"), word("TRUE")],
  String: hostileTexts.map(text),
};

const misspelled = (names: readonly string[]): readonly Value[] => [
  ...names.flatMap((name) => [word(name.toLowerCase()), word(`${name}S`), verbatim(JSON.stringify(name))]),
  ...["__proto__", "constructor", "toString", "null", "true", "A".repeat(5_000)].map(word),
];

/** Everything that a value of this type, under this name, is tried with. */
export function hostileValues(type: GraphQLNamedInputType, name: string): readonly Value[] {
  if (isEnumType(type)) return [...misspelled(type.getValues().map((value) => value.name)), ...wrongTypes];
  if (isInputObjectType(type)) return wrongTypes;
  if (name === "timeZone") return [...[...hostileZones, ...hostileTexts].map(text), ...wrongTypes];
  if (name === "after") return [...[...hostileCursors, ...hostileTexts].map(text), ...wrongTypes];
  const own = ownByScalar[type.name];
  if (own === undefined) throw new Error(`Nothing hostile is known for the scalar ${type.name}`);
  return [...own, ...wrongTypes];
}
