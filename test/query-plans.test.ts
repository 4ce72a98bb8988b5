import { setImmediate as nextTurn } from "node:timers/promises";
import { buildSchema, getOperationAST, type OperationDefinitionNode, parse } from "graphql";
import { expect, test } from "vitest";
import type { GraphqlContext } from "../src/graphql/context.js";
import { planQuery } from "../src/graphql/query-plan.js";
import { NotPlainError, QueryRun } from "../src/graphql/query-run.js";

const context = {} as GraphqlContext; // these resolvers want nothing of it

/** Runs the plan of a query of texts, by what resolves each of them. */
async function planned(query: string, resolvers: Readonly<Record<string, () => unknown>>) {
  const fields = Object.keys(resolvers).map((name) => `${name}: [String!]!`);
  const schema = buildSchema(`type Query { ${fields.join(" ")} }`);
  for (const [name, resolve] of Object.entries(resolvers))
    Object.assign(schema.getQueryType()?.getFields()[name] ?? {}, { resolve });
  const document = parse(query);
  const plan = planQuery(schema, document, getOperationAST(document) as OperationDefinitionNode); // there is one
  const run = new QueryRun(context, {});
  const answer = plan(run);
  run.end();
  await run.settled;
  return answer;
}

test("what comes late has the place that it was asked for in", async () => {
  const late = () => nextTurn(["late"]);

  const answer = await planned("{ a: late b: now late }", { late, now: () => ["now"] });

  expect(JSON.stringify(answer)).toBe('{"a":["late"],"b":["now"],"late":["late"]}');
});

test.each([
  ["throws", () => Promise.reject(new Error("no"))],
  ["is null", () => null],
  ["is no list", () => "text"],
  ["holds null", () => [null]],
  ["holds a promise", () => [Promise.resolve("text")]],
  ["is an error", () => new Error("no")],
])("a plan gives up when a field %s", async (_, resolve) => {
  await expect(planned("{ field }", { field: resolve })).rejects.toThrow();
  await expect(planned("{ field }", { field: async () => resolve() })).rejects.toThrow();
});

test("a resolver that wants to know where it is called makes a plan give up", async () => {
  const resolve = (...[, , , info]: readonly unknown[]) => [(info as { fieldName: string }).fieldName];

  await expect(planned("{ field }", { field: resolve })).rejects.toThrow(NotPlainError);
});

test("a field that fails after its plan gave up is nobody's concern", async () => {
  const late = () => nextTurn().then(() => Promise.reject(new Error("too late")));

  await expect(planned("{ late now }", { late, now: () => null })).rejects.toThrow(NotPlainError);
  await nextTurn();
  await nextTurn(); // an unhandled rejection would fail the run of the tests
});

test.each(["{ __schema { description } }", "{ field @skip(if: false) }", "{ __proto__: field }"])(
  "there is no plan for %s",
  async (query) => {
    await expect(planned(query, { field: () => [] })).rejects.toThrow(NotPlainError);
  },
);
