import { serverAudits } from "graphql-http";
import { expect, test } from "vitest";
import { startTestServer } from "../support/server.js";

const server = await startTestServer();

/**
 * What the audits of the GraphQL-over-HTTP specification may find, and why it stays. All of it are things that a server
 * SHOULD or MAY do; of what it MUST do nothing is missing.
 */
const accepted: Readonly<Record<string, string>> = {
  "warn 572B":
    "a document that cannot be parsed is 400 for application/json as well: whoever reads only the status learns it",
  "warn FDE2": "so is a document that breaks a rule of the schema",
  "warn 7B9B": "so is a variable of the wrong type",
  "notice 5A70":
    "a GET that a form on any web page could send is refused (CSRF); with a header of its own it is answered",
  "notice D6D5": "the same, with variables, for application/graphql-response+json",
  "notice 6A70": "the same, with variables, for application/json",
};

test("the public audits of GraphQL over HTTP find no error, and nothing that is not listed here", async () => {
  const url = `${server.url}/graphql`;
  const found: string[] = [];

  const audits = serverAudits({ url, fetchFn: fetch });
  for (const { id, fn } of audits) {
    const { status } = await fn();
    if (status !== "ok") found.push(`${status} ${id}`);
  }

  expect(audits.length).toBeGreaterThan(50);
  expect(found.sort()).toEqual(Object.keys(accepted).sort());
});
