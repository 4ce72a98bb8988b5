import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { scoreboardDocument } from "../src/client/documents.js";
import { brokenDocuments } from "../src/graphql/persisted-documents.js";
import { createSchema } from "../src/graphql/schema.js";
import { readManifests } from "../src/manifests.js";
import { startTestServer } from "./support/server.js";
import { exchange, graphqlPost, type Received, type Sent } from "./wire/exchange.js";
import { expectRefused } from "./wire/refusal.js";

const manifestPath = fileURLToPath(new URL("client/gql/persisted-documents.json", import.meta.url));
const manifest = JSON.parse(await readFile(manifestPath, "utf8")) as Readonly<Record<string, string>>;
const [documentId = "", text = ""] =
  Object.entries(manifest).find(([, each]) => each.includes("scoreboard(")) ?? [];

const folder = await mkdtemp(join(tmpdir(), "ws-metrics-documents-"));
afterAll(() => rm(folder, { recursive: true }));

const env = { PERSISTED_DOCUMENTS: manifestPath };
const server = await startTestServer({ env });
const strict = await startTestServer({ env: { ...env, PERSISTED_DOCUMENTS_ONLY: "true" } });

const preflighted = { "apollo-require-preflight": "true" };
const asked = (url: string, sent: Sent): Promise<Received> => exchange(url, sent);
const dataOf = ({ text: answer }: Received) => (JSON.parse(answer) as { data?: object }).data;

test("the manifest that code generation made names each text by its hash", () => {
  for (const [id, each] of Object.entries(manifest))
    expect(id).toBe(`sha256:${createHash("sha256").update(each).digest("hex")}`);
  expect(text).toContain("totalRuns");
});

describe.each([
  ["a server", server.url],
  ["a server that executes nothing else", strict.url],
])("%s answers what is named by its id as if it were sent:", (_, url) => {
  const variables = { window: "LAST_7D" };
  const query = new URLSearchParams({ documentId, variables: JSON.stringify(variables) });

  test.each<[string, Sent]>([
    ["POST", graphqlPost({ documentId, variables })],
    ["GET", { path: `/graphql?${query}`, headers: preflighted }],
    ["as text", graphqlPost({ query: text, variables })],
  ])("%s", async (_way, sent) => {
    const received = await asked(url, sent);

    expect(received.status, received.text).toBe(200);
    expect(dataOf(received)).toMatchObject({ scoreboard: { totalRuns: 0 } });
  });

  test("what wsm and the client send is always known", async () => {
    const received = await asked(url, graphqlPost({ query: String(scoreboardDocument), variables }));

    expect(dataOf(received)).toHaveProperty("scoreboard");
  });

  test.each<[string, object, RegExp]>([
    [
      "an id that nobody registered",
      { documentId: `sha256:${"0".repeat(64)}` },
      /names no document that this server knows/,
    ],
    ["an id that is none", { documentId: 1 }, /names no document/],
    ["a name that every object has", { documentId: "constructor" }, /names no document/],
    ["an id beside a text", { documentId, query: text }, /must stand alone/],
  ])("but refuses %s", async (_what, body, message) => {
    expectRefused("graphql", await asked(url, graphqlPost(body)), {
      ...{ code: "BAD_USER_INPUT", status: 400 },
      errors: { documentId: message },
    });
  });

  test("its mistakes are told as those of any document", async () => {
    const received = await asked(url, graphqlPost({ documentId, variables: { window: "DECADE" } }));

    expectRefused("graphql", received, { code: "BAD_USER_INPUT", message: /LAST_24H/ });
  });
});

describe("where only registered documents are executed,", () => {
  test.each<[string, Sent]>([
    ["another one", graphqlPost({ query: "{ __typename }" })],
    ["one that differs by a blank", graphqlPost({ query: ` ${text}` })],
    ["introspection", graphqlPost({ query: "{ __schema { types { name } } }" })],
    ["another one by GET", { path: "/graphql?query=%7B__typename%7D", headers: preflighted }],
  ])("%s is refused", async (_, sent) => {
    expectRefused("graphql", await asked(strict.url, sent), {
      code: "FORBIDDEN",
      message: /registered documents only: name one by its documentId/,
      status: 403,
    });
  });
});

test("manifests that are none are named, all of them, before the server starts", async () => {
  const [list, none] = [join(folder, "list.json"), join(folder, "none.json")];
  await writeFile(list, "[]");

  await expect(readManifests([list, manifestPath, none])).rejects.toThrow(
    /PERSISTED_DOCUMENTS cannot be used:\n.*list\.json: is no JSON object of texts by ids\n.*none\.json: .*ENOENT/,
  );
});

test("documents that the schema cannot answer are told at start", () => {
  const manifests = [{ known: "{ __typename }", old: "{ gone }", none: "{" }];

  expect(brokenDocuments(createSchema(), manifests)).toEqual([
    expect.stringMatching(/document old cannot be executed: Cannot query field "gone"/),
    expect.stringMatching(/document none cannot be executed: .*Syntax Error/),
  ]);
});
