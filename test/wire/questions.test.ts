import { describe, expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { exchange, restGet } from "./exchange.js";
import { questionCases } from "./question.cases.js";
import { askThrough, parameterThrough } from "./questions.js";
import { expectRefusal } from "./refusal.js";

const server = await startTestServer();

describe.each(["rest", "graphql"] as const)("a question through %s is refused", (door) => {
  for (const { name, ask, parameters, errors } of questionCases) {
    test(name, async () => {
      await given(server).execution().completed();

      const sent = askThrough(door, ask, parameters);

      const spelled = Object.entries(errors).map(([at, says]) => [parameterThrough(door, ask, at), says]);
      await expectRefusal(server, door, sent, {
        code: "BAD_USER_INPUT",
        errors: Object.fromEntries(spelled),
      });
    });
  }
});

describe("REST alone refuses", () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, RegExp>>])[] = [
    ["an unknown parameter", "/ws-executions?wsid=1", { wsid: /is not a parameter here.*ws_id/ }],
    ["a parameter in camel case", "/ws-executions?wsId=1", { wsId: /is not a parameter here/ }],
    [
      "several unknown parameters",
      "/dashboard?window=7d&limit=1",
      { window: /not a parameter/, limit: /not a parameter/ },
    ],
    ["a parameter where there are none", "/ws-executions/nope?x=1", { x: /there are none/, id: /UUID/ }],
    ["a parameter named __proto__", "/scoreboard?__proto__=1", { ["__proto__"]: /not a parameter/ }],
    ["a parameter named constructor", "/cost-summary?constructor=1", { constructor: /not a parameter/ }],
    ["a nested parameter", "/ws-executions?filter[ws_id]=1", { "filter[ws_id]": /not a parameter/ }],
    ["a repeated limit", "/ws-executions?limit=1&limit=2", { limit: /whole number/ }],
    ["a repeated window", "/scoreboard?window=7d&window=30d", { window: /24h, 7d, 30d, 90d, all/ }],
    ["a repeated text", "/ws-executions?wp_id=a&wp_id=b", { wp_id: /must be a string/ }],
    ["a repeated time", "/dashboard?from=2026-01-01T00:00:00Z&from=x", { from: /RFC 3339/ }],
    ["a parameter of a POST", "/bug-fix?dry_run=true", { dry_run: /not a parameter/ }],
  ];
  for (const [name, path, errors] of cases) {
    test(name, async () => {
      const sent = restGet(path);
      const isPost = path.startsWith("/bug-fix");
      const json = { "content-type": "application/json" };

      const asked = isPost ? { ...sent, method: "POST", headers: json, body: "{}" } : sent;

      await expectRefusal(server, "rest", asked, { code: "BAD_USER_INPUT", errors });
    });
  }
});

test("a status that the list does not know is refused among others that it does", async () => {
  const rest = askThrough("rest", "list", { status: ["FAILED", "DONE"] });
  const graphql = askThrough("graphql", "list", { status: ["FAILED", "DONE"] });

  await expectRefusal(server, "rest", rest, { code: "BAD_USER_INPUT", errors: { status: /STARTED/ } });
  await expectRefusal(server, "graphql", graphql, {
    code: "BAD_USER_INPUT",
    errors: { "filter.status.1": /STARTED/ },
  });
});

test("a run that does not exist is NOT_FOUND in REST and null in GraphQL", async () => {
  const unknown = { id: "0f8fad5b-d9cb-469f-a165-70867728950e" };

  await expectRefusal(server, "rest", askThrough("rest", "execution", unknown), { code: "NOT_FOUND" });
  const { status, text } = await exchange(server.url, askThrough("graphql", "execution", unknown));

  expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: { data: { execution: null } } });
});
