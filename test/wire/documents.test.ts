import { getIntrospectionQuery } from "graphql";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { allowed, documentCases } from "./document.cases.js";
import { exchange, graphqlPost, graphqlQuery, type Sent } from "./exchange.js";
import { expectRefusal, type Refusal } from "./refusal.js";

const server = await startTestServer();

const answerTo = async (sent: Sent) => {
  const { status, text } = await exchange(server.url, sent);
  return { status, body: JSON.parse(text) as { data?: unknown; errors?: unknown } };
};

describe("a document is refused", () => {
  for (const { name, refusal, ...body } of documentCases) {
    test(name, async () => {
      await expectRefusal(server, "graphql", graphqlPost(body), refusal);
    });
  }
});

describe("a document is answered", () => {
  for (const [name, query] of Object.entries(allowed)) {
    test(name, async () => {
      const { status, body } = await answerTo(graphqlQuery(query));

      expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    });
  }

  test("that asks for the whole schema as tools do", async () => {
    const { status, body } = await answerTo(
      graphqlQuery(getIntrospectionQuery({ inputValueDeprecation: true })),
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({ data: { __schema: { queryType: { name: "Query" } } } });
  });

  test("that comes with nulls for what is not used", async () => {
    const sent = graphqlPost({
      query: "{ __typename }",
      variables: null,
      operationName: null,
      extensions: null,
    });

    expect(await answerTo(sent)).toEqual({ status: 200, body: { data: { __typename: "Query" } } });
  });
});

describe("a request is refused", () => {
  const typename = "/graphql?query=%7B__typename%7D";
  const preflighted = { "apollo-require-preflight": "true" };
  const start = `mutation { startExecution(input: { wsId: "WS-1", executor: "human" }) { outcome } }`;
  const bad: Refusal = { code: "BAD_USER_INPUT", status: 400 };
  const cases: readonly (readonly [string, Sent, Refusal])[] = [
    ["of several documents", graphqlPost([{ query: "{ __typename }" }, { query: "{ __typename }" }]), bad],
    [
      "of a mutation that is sent with GET",
      { path: `/graphql?query=${encodeURIComponent(start)}`, headers: preflighted },
      { code: "METHOD_NOT_ALLOWED", status: 405, message: /POST/ },
    ],
    ["that a form on any web page could send with GET", { path: typename }, bad],
    [
      "that a form on any web page could send with GET, as text",
      { path: typename, headers: { "content-type": "text/plain" } },
      bad,
    ],
    ["with variables that are no JSON", { path: `${typename}&variables=%7B`, headers: preflighted }, bad],
    ["without a document", { path: "/graphql", headers: preflighted }, bad],
    [
      "for a stored document",
      graphqlPost({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }),
      { ...bad, status: 200, message: /^PersistedQueryNotSupported$/ },
    ],
  ];
  for (const [name, sent, refusal] of cases) {
    test(name, async () => {
      const { headers } = await expectRefusal(server, "graphql", sent, refusal);

      if (refusal.status === 405) expect(headers.allow).toBe("POST");
    });
  }
});

test("a query may be sent with GET by a client that browsers would ask first", async () => {
  const sent: Sent = {
    path: "/graphql?query=%7B__typename%7D",
    headers: { "apollo-require-preflight": "true" },
  };

  expect(await answerTo(sent)).toEqual({ status: 200, body: { data: { __typename: "Query" } } });
});
