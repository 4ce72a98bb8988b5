import { describe, expect, test } from "vitest";
import { given } from "./support/given.js";
import { startTestServer } from "./support/server.js";

const server = await startTestServer({ env: { MAX_ANSWER_NODES: "30" } });

/** A run with four bug fixes and two phases. */
async function givenBugs(): Promise<string> {
  const run = await given(server).execution().phase("implement").phase("verify").completed();
  for (let bug = 0; bug < 4; bug += 1) await run.withBugFix();
  return run.id;
}

const asked = (query: string) => server.graphql<Record<string, unknown> | null>(query);

describe("lists in lists", () => {
  test.each([
    ["pages of bug fixes", "{ executions { nodes { bugFixConnection { nodes { id } } } } }"],
    ["bug fixes that lead back to their run", "{ bugFixes { nodes { execution { bugFixes { id } } } } }"],
    ["its phases", "{ bugFixes { nodes { execution { phases { name } } } } }"],
    [
      "exactly as many",
      "{ bugFixes { nodes { execution { bugFixes { id } phases { name } } } } executions { nodes { bugFixes { id } phases { name } } } }",
    ],
  ])("are answered up to the limit: %s", async (_, query) => {
    await givenBugs();

    const { body } = await asked(query);

    expect(body.errors).toBeUndefined();
  });

  test.each([
    [
      "bug fixes of bug fixes of bug fixes",
      "{ bugFixes { nodes { execution { bugFixes { execution { bugFixes { id } } } } } } }",
    ],
    [
      "pages of pages of pages",
      "{ bugFixes { nodes { execution { bugFixConnection { nodes { execution { bugFixConnection { nodes { id } } } } } } } } }",
    ],
    [
      "phases of bug fixes of bug fixes",
      "{ bugFixes { nodes { execution { bugFixes { execution { phases { name } } } } } } }",
    ],
  ])("are refused beyond it: %s", async (_, query) => {
    await givenBugs();

    const { body } = await asked(query);

    expect(body.data).toBeNull();
    expect(body.errors).toEqual([
      expect.objectContaining({
        message:
          "The answer has more than 30 items in lists below others, which is the limit; ask for shorter pages.",
        extensions: expect.objectContaining({ code: "QUERY_TOO_COMPLEX" }),
      }),
    ]);
  });
});
