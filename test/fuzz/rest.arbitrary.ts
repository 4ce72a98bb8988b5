import fc from "fast-check";
import { type GraphQLInputField, type GraphQLSchema, isInputObjectType } from "graphql";
import type { Sent } from "../wire/exchange.js";
import { hostileIds, hostileTexts } from "./hostile-texts.js";
import { inputOf } from "./input.arbitrary.js";
import { plausibleIds } from "./pool.js";
import { rarely } from "./rarely.arbitrary.js";
import {
  methods,
  oddHeaders,
  parametersOf,
  paths,
  type Said,
  said,
  strangeParameters,
  tooLarge,
} from "./rest.cases.js";
import { toJson, type Value, word } from "./value.js";

const prefix = "/api/v1/metrics";

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The words that REST spells in lower case. */
const lowerCased: readonly string[] = ["name", "result"];

/** A value of GraphQL as REST spells it. */
function respelled(value: Value, name = ""): Value {
  if (value.kind === "variable") return respelled(value.value, name);
  if (value.kind === "list") return { ...value, items: value.items.map((item) => respelled(item, name)) };
  if (value.kind === "word" && lowerCased.includes(name)) return word(value.name.toLowerCase());
  if (value.kind !== "object") return value;
  const fields = value.fields.map(([key, inner]) => [snakeCase(key), respelled(inner, key)] as const);
  return { ...value, fields };
}

function fieldsOf(schema: GraphQLSchema, type: string): readonly GraphQLInputField[] {
  const found = schema.getType(type);
  if (!isInputObjectType(found)) throw new Error(`${type} is no input`);
  return Object.values(found.getFields());
}

type Shape = Record<string, fc.Arbitrary<Value>>;

const shapeOf = (schema: GraphQLSchema, type: string, ...without: readonly string[]): Shape =>
  Object.fromEntries(
    fieldsOf(schema, type)
      .filter(({ name }) => !without.includes(name))
      .map((field) => [
        snakeCase(field.name),
        inputOf(field, type).map((value) => respelled(value, field.name)),
      ]),
  );

const objectOf = (shape: Shape, requiredKeys: readonly string[]) =>
  fc
    .tuple(
      fc.record<Record<string, Value>, string>(shape, { requiredKeys: [...requiredKeys] }),
      rarely(fc.constantFrom("__proto__", "constructor", "wsId", "", "duration_seconds", "a.b"), 60),
    )
    .map(([fields, added]): Value => {
      const stranger = added === undefined ? [] : [[added, word("x")] as const];
      return { kind: "object", fields: [...Object.entries(fields), ...stranger] };
    });

/** The bodies of the two routes that write, by path, as arbitraries of their fields. */
export function bodiesOf(schema: GraphQLSchema) {
  const phase = objectOf(shapeOf(schema, "RecordPhaseInput", "executionId"), ["name", "started_at"]);
  const phases = fc.array(phase, { maxLength: 4 }).map((items): Value => ({ kind: "list", items }));
  const execution: Shape = {
    ...shapeOf(schema, "CompleteExecutionInput"),
    ...shapeOf(schema, "UpdateExecutionInput"),
    ...shapeOf(schema, "StartExecutionInput"),
    phase,
    phase_metrics: phases.map((items): Value => ({ kind: "object", fields: [["phases", items]] })),
  };
  const { execution_id: ws_execution_id, ...bugFix } = shapeOf(schema, "RecordBugFixInput");
  return {
    "/ws-execution": execution,
    "/bug-fix": { ...bugFix, ...(ws_execution_id && { ws_execution_id }) },
  } satisfies Readonly<Record<string, Shape>>;
}

/** What a run's reporter usually says at once; everything at once contradicts itself. */
const reports = [
  ["id", "ws_id", "executor", "started_at", "wp_id", "scope_id", "executor_session_id", "llm_model"],
  ["id", "phase"],
  ["id", "phase_metrics", "test_metrics"],
  ["id", "rework_cycles", "llm_calls", "llm_tokens_in", "llm_tokens_out", "llm_cost_usd", "file_metrics"],
  ["id", "status", "completed_at"],
];

function posts(schema: GraphQLSchema): fc.Arbitrary<Sent> {
  const { "/ws-execution": execution, "/bug-fix": bugFix } = bodiesOf(schema);
  const some = reports.map((names) => {
    const shape = Object.fromEntries(Object.entries(execution).filter(([name]) => names.includes(name)));
    return objectOf(shape, names.slice(0, 3));
  });
  const optional = ["id", "scope_id", "files_modified"];
  const fix = objectOf(
    bugFix,
    Object.keys(bugFix).filter((name) => !optional.includes(name)),
  );
  const headers = { "content-type": "application/json" };
  const post =
    (path: string) =>
    (body: Value): Sent => ({ method: "POST", path: `${prefix}${path}`, headers, body: toJson(body) });
  return fc.oneof(
    ...some.map((each) => each.map(post("/ws-execution"))),
    fix.map(post("/bug-fix")),
    objectOf(execution, ["id"]).map(post("/ws-execution")),
  );
}

/** Characters as they may stand in a request line, rightly encoded or not. */
const encoded = (text: string) =>
  fc.constantFrom(
    ...[encodeURIComponent(text.toWellFormed()), encodeURIComponent(text.toWellFormed())],
    text.replace(/[^!-~]/g, ""),
    Buffer.from(text).toString("hex").replace(/../g, "%$&"),
  );

const spoken = ({ plausible, hostile }: Said) =>
  fc
    .oneof(
      { weight: 12, arbitrary: fc.constantFrom(...plausible) },
      { weight: 1, arbitrary: fc.constantFrom(...hostile) },
    )
    .chain(encoded);

function gets(path: string): fc.Arbitrary<Sent> {
  const known = Object.entries(parametersOf[path] ?? {}).map(([name, values]) =>
    spoken(values).map((value) => `${name}=${value}`),
  );
  const stranger = fc.constantFrom(...strangeParameters);
  const parameter = fc.oneof(
    { weight: 1, arbitrary: stranger },
    ...known.map((arbitrary) => ({ weight: 6, arbitrary })),
  );
  const id = spoken(said(plausibleIds("", "id"), [...hostileIds, ...hostileTexts]));
  const several = fc.array(parameter, { maxLength: known.length === 0 ? 1 : 4 }); // some repeat a name
  return fc.tuple(several, id).map(([parameters, run]): Sent => {
    const query = parameters.length > 0 ? `?${parameters.join("&")}` : "";
    return { path: `${prefix}${path.replace(":id", run)}${query}`.slice(0, 14_000) };
  });
}

const odd = fc
  .record({
    path: fc.constantFrom(...paths, ...Object.keys(parametersOf).map((path) => `${prefix}${path}`)),
    method: fc.constantFrom(...methods),
    headers: fc.constantFrom(...oddHeaders),
    body: rarely(
      fc.constantFrom("", "{}", "[]", "null", "{", "\0", '{"__proto__":{}}', "[".repeat(50_000)),
      3,
    ),
  })
  // Headers that are too large are refused before the server knows that a HEAD wants no body
  .filter(({ method, headers }) => method !== "HEAD" || headers !== tooLarge)
  .map(({ body, ...request }): Sent => {
    const isBodyless = request.method === "TRACE" || body === undefined; // Node's client insists
    return { ...request, ...(!isBodyless && { body }) };
  });

/** Requests to every route: mostly what a client might say, some hostile, some that no client says. */
export function restRequestsOf(schema: GraphQLSchema): fc.Arbitrary<Sent> {
  const reads = Object.keys(parametersOf).map(gets);
  return fc.oneof(
    { weight: 2 * reads.length, arbitrary: posts(schema) },
    ...reads.map((arbitrary) => ({ weight: 1, arbitrary })),
    { weight: 2, arbitrary: odd },
  );
}
