import fc from "fast-check";
import { getOperationAST, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { planQuery } from "../../src/graphql/query-plan.js";
import { createSchema } from "../../src/graphql/schema.js";
import * as documents from "../client/documents.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { exchange } from "../wire/exchange.js";
import { type GraphqlRequest, sentOf, write } from "./document.js";
import { effort, expectToReach, fuzz, patience, type Tally } from "./effort.js";
import { startedIds } from "./pool.js";
import { requestsOf } from "./request.arbitrary.js";
import { scenesOf, setScene } from "./scene.js";
import type { FieldNode } from "./selection.arbitrary.js";

const schema = createSchema();
const server = await startTestServer();

/** Asks for nothing, and no plan knows it: graphql-js executes what it stands in. */
const unplanned: FieldNode = {
  kind: "field",
  name: "__typename",
  directive: { name: "skip", condition: { kind: "verbatim", literal: "true", json: "true" } },
  selection: [],
};

const queries = requestsOf(schema).map(
  (request): GraphqlRequest => ({
    ...request,
    operations: request.operations.filter(({ kind }) => kind === "query"),
  }),
);

function hasPlan(query: string): boolean {
  try {
    const document = parse(query);
    const operation = getOperationAST(document);
    if (operation) planQuery(schema, document, operation);
    return true;
  } catch {
    return false;
  }
}

/**
 * The answer, byte for byte; of one that errors left without data only that: of several fields that fail it tells of the
 * one that fails first, and that is for the database to say.
 */
async function answerTo(request: GraphqlRequest) {
  const { status, text } = await exchange(server.url, sentOf(request));
  const hasRivals = request.operations.some(
    ({ fields }) => fields.filter((field) => field !== unplanned).length > 1,
  );
  return hasRivals && text.endsWith('"data":null}\n') ? { status, text: "no data" } : { status, text };
}

test(
  "a query is answered alike, byte for byte, by its plan and by graphql-js",
  async () => {
    const nextTry = scenesOf(server);
    const tally: Tally = { sent: 0, done: 0 };

    await fuzz(queries, { runs: 60, seconds: 2 }, async (request) => {
      fc.pre(request.operations.length > 0);
      await nextTry();
      const operations = request.operations.map((operation) => ({
        ...operation,
        fields: [...operation.fields, unplanned],
      }));

      const planned = await answerTo(request);

      expect(await answerTo({ ...request, operations })).toEqual(planned);
      tally.sent += 1;
      if (planned.status === 200 && hasPlan(write(request).query)) tally.done += 1;
    });

    if (effort > 1) expectToReach(tally, "plans"); // a few tries may meet none
  },
  patience(2),
);

describe("what clients ask for", () => {
  const [id] = startedIds;
  const asked = Object.entries({
    execution: documents.execution,
    costBreakdowns: documents.costBreakdowns,
    executions: documents.executions,
    dashboard: documents.dashboard,
    scoreboard: documents.scoreboard,
    costSummary: documents.costSummary,
  }).map(([name, document]) => ({ name, query: String(document) }));

  test.each(asked)("$name has a plan, which answers as graphql-js does", async ({ query }) => {
    await setScene(server);
    await given(server).execution().completed({ llm_cost_usd: 1.5 });
    const executed = query.replace("{", "{ __typename @skip(if: true)");

    const planned = (await server.graphql(query, { id })).body;

    expect(hasPlan(query)).toBe(true);
    expect(planned.errors).toBeUndefined();
    expect(JSON.stringify(planned)).toBe(JSON.stringify((await server.graphql(executed, { id })).body));
  });
});

test("what a plan asked for before something went wrong is not asked for again", async () => {
  await setScene(server);
  const right = "scoreboard { totalRuns } dashboard { completedCount }";
  const wrong = `executions(after: "nowhere") { nodes { id } }`;

  const alone = await server.statementsDuring(() => server.graphql(`{ ${right} }`));
  const beside = await server.statementsDuring(async () => {
    const { body } = await server.graphql(`{ ${right} ${wrong} }`);
    expect(body.errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT");
  });

  expect(alone).toHaveLength(2);
  expect(beside).toHaveLength(alone.length);
});
