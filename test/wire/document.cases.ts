import type { Refusal } from "./refusal.js";

/** A GraphQL request whose document, or what comes with it, is refused before anything is executed. */
export interface DocumentCase {
  readonly name: string;
  readonly query: unknown;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly refusal: Refusal;
}

const bad = (message?: RegExp, errors?: Refusal["errors"]): Refusal => ({
  code: "BAD_USER_INPUT",
  status: 400,
  ...(message && { message }),
  ...(errors && { errors }),
});
const complex = (message: RegExp): Refusal => ({ code: "QUERY_TOO_COMPLEX", status: 400, message });

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");

/** `execution` and `bugFixes` lead to each other, so a query can go as deep as it likes. */
const deep = (levels: number): string => {
  const pairs = (levels - 2) / 2;
  const inner = `${"bugFixes { execution { ".repeat(pairs)}id${" } }".repeat(pairs)}`;
  return `{ execution(id: "0f8fad5b-d9cb-469f-a165-70867728950e") { ${inner} } }`;
};

const syntax: readonly DocumentCase[] = [
  { name: "that is missing", query: undefined, refusal: bad() },
  { name: "that is empty", query: "", refusal: bad() },
  { name: "that is null", query: null, refusal: bad() },
  { name: "that is a number", query: 5, refusal: bad() },
  { name: "that is an object", query: {}, refusal: bad() },
  { name: "that ends too early", query: "{ executions {", refusal: bad(/Syntax Error/) },
  { name: "that is a comment", query: "# nothing", refusal: bad(/Syntax Error/) },
  { name: "that is prose", query: "how much did it cost?", refusal: bad(/Syntax Error/) },
  { name: "that defines types", query: "type Query { x: Int }", refusal: bad() },
  { name: "with NUL", query: "{ __typename \0 }", refusal: bad(/Syntax Error/) },
  { name: "with only a fragment", query: "fragment F on Query { __typename }", refusal: bad() },
];

const companions: readonly DocumentCase[] = [
  { name: "with a list for variables", query: "{ __typename }", variables: [], refusal: bad() },
  { name: "with text for variables", query: "{ __typename }", variables: "{", refusal: bad() },
  { name: "with a number for variables", query: "{ __typename }", variables: 5, refusal: bad() },
  {
    name: "without the operation that is asked for",
    query: "query A { __typename } query B { __typename }",
    operationName: "C",
    refusal: bad(/C/),
  },
  {
    name: "of two operations, neither asked for",
    query: "query A { __typename } query B { __typename }",
    refusal: bad(),
  },
  { name: "with a number for the operation", query: "{ __typename }", operationName: 5, refusal: bad() },
  {
    name: "with an operation named as an object's own method",
    query: "query A { __typename }",
    operationName: "constructor",
    refusal: bad(),
  },
];

const validation: readonly DocumentCase[] = [
  { name: "with an unknown field", query: "{ nothing }", refusal: bad(/nothing/) },
  { name: "with a field of an object's own", query: "{ constructor { name } }", refusal: bad(/constructor/) },
  { name: "with an unknown argument", query: "{ scoreboard(span: 1) { totalRuns } }", refusal: bad(/span/) },
  { name: "without a required argument", query: "{ execution { id } }", refusal: bad(/id/) },
  { name: "without a selection", query: "{ scoreboard }", refusal: bad() },
  { name: "with a selection of a scalar", query: "{ scoreboard { totalRuns { x } } }", refusal: bad() },
  { name: "with an unknown fragment", query: "{ ...Nothing }", refusal: bad(/Nothing/) },
  {
    name: "with a fragment inside itself",
    query: "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    refusal: bad(),
  },
  {
    name: "with an undefined variable",
    query: "{ scoreboard(window: $w) { totalRuns } }",
    refusal: bad(/w/),
  },
  { name: "with an unknown type", query: "query ($w: Span) { __typename }", refusal: bad(/Span/) },
  {
    name: "with a variable of another type",
    query: "query ($w: String) { scoreboard(window: $w) { totalRuns } }",
    refusal: bad(/w/),
  },
  {
    name: "without a required variable",
    query: "query ($id: UUID!) { execution(id: $id) { id } }",
    refusal: bad(/id/, { id: /is required/ }),
  },
  {
    name: "with null for a required variable",
    query: "query ($id: UUID!) { execution(id: $id) { id } }",
    variables: { id: null },
    refusal: bad(/id/, { id: /is required/ }),
  },
  { name: "with an unknown directive", query: "{ __typename @nothing }", refusal: bad(/nothing/) },
  { name: "that subscribes", query: "subscription { executions { totalCount } }", refusal: bad(/subscri/) },
  {
    name: "with several wrong literals",
    query: `mutation { startExecution(input: { wsId: 5, startedAt: 7, foo: 1 }) { outcome } }`,
    refusal: bad(/./, {
      "input.wsId": /must be a string/,
      "input.startedAt": /RFC 3339/,
      "input.executor": /is required/,
      "input.foo": /is not a field/,
    }),
  },
  {
    name: "with a wrong literal inside a list",
    query: `mutation { recordLlmCalls(input: [{ sourceKey: "a", model: "m", startedAt: "2026-02-23T10:00:00Z" }, { sourceKey: "b", model: "m", startedAt: "2026-02-23T10:00:00Z", phase: DEPLOY }]) { outcome } }`,
    refusal: bad(/./, { "input.1.phase": /FAILING_TESTS, IMPLEMENT, VERIFY, DO_NO_HARM_AUDIT/ }),
  },
  {
    name: "with an enum value in quotes",
    query: `{ scoreboard(window: "LAST_7D") { totalRuns } }`,
    refusal: bad(/./, { window: /LAST_24H, LAST_7D, LAST_30D, LAST_90D, ALL/ }),
  },
];

const weights: readonly DocumentCase[] = [
  {
    name: "of more than 2,000 tokens",
    query: `{ ${many(2_000, () => "__typename")} }`,
    refusal: complex(/2000 tokens/),
  },
  { name: "of 20,000 levels", query: "{a".repeat(20_000), refusal: complex(/2000 tokens/) },
  { name: "of 100,000 levels", query: "{a".repeat(100_000), refusal: complex(/100000 characters/) },
  { name: "of 14 levels", query: deep(14), refusal: complex(/12 levels/) },
  {
    name: "of 14 levels in fragments",
    query: `{ executions { nodes { ...A } } } ${many(5, (i) => `fragment ${"ABCDEF"[i]} on Execution { bugFixes { execution { ...${"ABCDEF"[i + 1]} } } }`)} fragment F on Execution { id }`,
    refusal: complex(/12 levels/),
  },
  {
    name: "of 14 levels in inline fragments",
    query: deep(14)
      .replaceAll("bugFixes {", "... { bugFixes {")
      .replace(/ } }$/, ` ${"} ".repeat(6)} } }`),
    refusal: complex(/12 levels/),
  },
  {
    name: "of 51 aliases",
    query: `{ ${many(3, (i) => `s${i}: scoreboard { ${many(16, (j) => `r${j}: totalRuns`)} }`)} }`,
    refusal: complex(/50 aliases/),
  },
  {
    name: "of more than 200 fields",
    query: `{ ${many(11, () => "__typename")} ${many(10, (i) => `s${i}: scoreboard { ${many(19, () => "totalRuns")} }`)} }`,
    refusal: complex(/200 fields/),
  },
  {
    name: "of more than 200 fields in a fragment that is spread often",
    query: `{ ${many(11, (i) => `s${i}: scoreboard { ...S }`)} } fragment S on Scoreboard { ${many(19, () => "totalRuns")} }`,
    refusal: complex(/200 fields/),
  },
  {
    name: "of fragments that double 30 times",
    query: `{ scoreboard { ...F0 } } ${many(30, (i) => `fragment F${i} on Scoreboard { ...F${i + 1} ...F${i + 1} }`)} fragment F30 on Scoreboard { totalRuns }`,
    refusal: complex(/200 fields/),
  },
  {
    name: "of 11 directives",
    query: `{ ${many(11, (i) => `t${i}: __typename @include(if: true)`)} }`,
    refusal: complex(/10 directives/),
  },
  {
    name: "with 21 times the same field",
    query: `{ ${many(21, () => "__typename")} }`,
    refusal: complex(/20 repetitions/),
  },
  {
    name: "with 21 times the same field under aliases",
    query: `{ ${many(21, (i) => `t${i}: __typename`)} }`,
    refusal: complex(/20 repetitions/),
  },
  {
    name: "with 21 times the same field in inline fragments",
    query: `{ ${many(21, (i) => `... { s${i}: scoreboard { totalRuns } }`)} }`,
    refusal: complex(/20 repetitions/),
  },
  {
    name: "with 21 times the same field in a fragment",
    query: `{ ${many(11, () => "...F")} ${many(10, () => "... { __typename }")} } fragment F on Query { __typename }`,
    refusal: complex(/20 repetitions/),
  },
  {
    name: "of introspection that goes round",
    query: `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
    refusal: complex(/introspection/i),
  },
];

export const documentCases: readonly DocumentCase[] = [...syntax, ...companions, ...validation, ...weights];

/** Documents that ask for as much as the limits allow. */
export const allowed: Readonly<Record<string, string>> = {
  "of 12 levels": deep(12),
  "of 50 aliases": `{ ${many(10, (i) => `s${i}: scoreboard { ${many(4, (j) => `r${j}: totalRuns`)} }`)} }`,
  "of 10 directives": `{ ${many(10, (i) => `t${i}: __typename @include(if: true)`)} }`,
  "with 20 times the same field": `{ ${many(20, () => "__typename")} }`,
};
