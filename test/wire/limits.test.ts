import { describe, expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { exchange, graphqlQuery, restGet, restPost } from "./exchange.js";
import { expectRefusal } from "./refusal.js";

const server = await startTestServer({
  env: {
    ...{ MAX_PAGE_SIZE: "2", MAX_METRIC_ROWS: "2" },
    ...{ MAX_QUERY_DEPTH: "3", MAX_IDENTIFIER_LENGTH: "3", MAX_TREND_BUCKETS: "7" },
  },
});

test("a limit that is set takes effect, and the refusal states it", async () => {
  const query = "{ executions { nodes { cost { totalUsd } } } }";

  await expectRefusal(server, "rest", restGet("/ws-executions?limit=3"), {
    code: "BAD_USER_INPUT",
    errors: { limit: /from 1 to 2/ },
  });
  await expectRefusal(server, "graphql", graphqlQuery("{ executions(first: 3) { totalCount } }"), {
    code: "BAD_USER_INPUT",
    errors: { first: /from 1 to 2/ },
  });
  await expectRefusal(server, "graphql", graphqlQuery(query), {
    code: "QUERY_TOO_COMPLEX",
    message: /3 levels/,
  });
  await expectRefusal(server, "rest", restPost("/ws-execution", { ws_id: "WS-1", executor: "human" }), {
    code: "BAD_USER_INPUT",
    errors: { ws_id: /at most 3/ },
  });
  await expectRefusal(server, "rest", restGet("/dashboard"), {
    code: "BAD_USER_INPUT",
    errors: { interval: /more than 7 buckets/ },
  });
});

test("what is within the limits that are set is answered", async () => {
  const answers = [
    restGet("/ws-executions?limit=2"),
    restGet("/dashboard?interval=week"),
    restPost("/ws-execution", { ws_id: "😀😀😀", executor: "human" }),
    graphqlQuery("{ executions(first: 2) { nodes { id } } }"),
  ].map((sent) => exchange(server.url, sent));

  for (const { status, text } of await Promise.all(answers)) expect(status, text).toBeLessThan(300);
});

/** The runs of each Work Statement, as far as it is told how many at most. */
const metricsOf = (limit: string) =>
  graphqlQuery(
    `{ metrics(of: EXECUTIONS, groupBy: [WS_ID], measures: [{ measure: COUNT }]${limit}) { rows { values } } }`,
  );

describe("a limit below what is usual", () => {
  test.each([
    ["a page of runs", graphqlQuery("{ executions { nodes { id } } }")],
    ["a page of runs whose size is null", graphqlQuery("{ executions(first: null) { nodes { id } } }")],
    ["a page over REST", restGet("/ws-executions")],
    ["rows of a metrics query", metricsOf("")],
    ["rows of one whose limit is null", metricsOf(", limit: null")],
  ])("is what %s has at most", async (_, sent) => {
    for (const ws_id of ["a", "b", "c"])
      await given(server).execution({ ws_id, wp_id: "WP", executor: "me" }).completed();

    const { status, text } = await exchange(server.url, sent);

    expect(status, text).toBe(200);
    expect(text).not.toContain('"errors"');
    expect(text.match(/"(id|values)":/g)).toHaveLength(2);
  });
});
