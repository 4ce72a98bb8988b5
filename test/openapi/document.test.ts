import { readFileSync } from "node:fs";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { openApiDocument } from "../../scripts/openapi/document.js";
import { restRoutes } from "../../src/rest/server.js";

const checkedIn = readFileSync("docs/openapi.json", "utf8");
const config = await createConfig({ extends: ["recommended"] });

const problemsOf = async (source: string) => {
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
};

test("the document that is checked in is made of the routes", () => {
  expect(JSON.parse(checkedIn)).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});

test("a linter finds nothing to complain about", async () => {
  expect(await problemsOf(checkedIn)).toEqual([]);
});

test("the linter would complain about a reference to nothing", async () => {
  const broken = checkedIn.replace("#/components/schemas/Problem", "#/components/schemas/Nothing");

  expect(await problemsOf(broken)).toContainEqual(expect.stringMatching(/^no-unresolved-refs: /));
});

test("every route is described once, under a name of its own", () => {
  const { paths }: { readonly paths: Record<string, Record<string, { readonly operationId: string }>> } =
    JSON.parse(checkedIn);
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const names = Object.values(paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }) => operationId),
  );

  expect(described.toSorted()).toEqual(
    restRoutes.map(({ method, path }) => `${method} ${path.replace(":id", "{id}")}`).toSorted(),
  );
  expect(new Set(names).size).toBe(restRoutes.length);
});
