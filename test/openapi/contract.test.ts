import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { breachesOf, type Exchanged } from "../support/contract.js";
import { startTestServer } from "../support/server.js";
import { exchange, restGet } from "../wire/exchange.js";

const server = await startTestServer();

const prefix = "/api/v1/metrics";
const problem = {
  ...{ type: "about:blank", title: "A value breaks a rule", status: 422, code: "BAD_USER_INPUT" },
  ...{ detail: "Wrong.", request_id: "1" },
};
const exchanged = (facts: Partial<Exchanged>): Exchanged => ({
  ...{ method: "GET", path: `${prefix}/scoreboard`, status: 422, contentType: "application/problem+json" },
  text: JSON.stringify(problem),
  ...facts,
});
const { detail: _, ...withoutDetail } = problem;

describe("an exchange is not as described", () => {
  test.each<[string, Partial<Exchanged>, RegExp]>([
    ["with a field that nobody promised", { text: JSON.stringify({ ...problem, more: 1 }) }, /more/],
    ["without a field that was promised", { text: JSON.stringify(withoutDetail) }, /detail/],
    ["with a word that is none", { text: JSON.stringify({ ...problem, code: "OOPS" }) }, /\/code/],
    ["of another type", { contentType: "application/json" }, /is not among application\/problem\+json/],
    ["of a type that a success has not", { status: 200 }, /is not among application\/json,text\/plain/],
    [
      "with another status",
      { method: "POST", path: `${prefix}/bug-fix`, status: 299 },
      /nothing describes the status 299/,
    ],
    [
      "with a request that was taken and is not described",
      { method: "POST", path: `${prefix}/bug-fix`, status: 200, body: "{}", contentType: "application/json" },
      /required property 'ws_execution_id'/,
    ],
    [
      "of a run",
      { path: `${prefix}/ws-executions/1`, status: 200, contentType: "application/json" },
      /required property 'id'/,
    ],
  ])("%s", (_name, facts, complaint) => {
    expect(breachesOf(exchanged(facts)).join("\n")).toMatch(complaint);
  });

  test.each([
    ["when it is", {}],
    ["when nothing describes its path", { path: "/nope", text: "{}" }],
    ["when nothing describes its method", { method: "DELETE", text: "{}" }],
  ])("but %s", (_name, facts) => {
    expect(breachesOf(exchanged(facts))).toEqual([]);
  });
});

test("the description is served as it is checked in", async () => {
  const { status, headers, text } = await exchange(server.url, restGet("/openapi.json"));

  expect({ status, type: headers["content-type"] }).toEqual({
    status: 200,
    type: "application/json; charset=utf-8",
  });
  expect(text).toBe(await readFile("docs/openapi.json", "utf8"));
});
