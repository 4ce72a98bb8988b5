import { describe, expect, test } from "vitest";
import { orderDirections } from "../src/vocabulary.js";
import { bugFixes, bugFixesOfRuns } from "./client/documents.js";
import type { OrderDirection } from "./client/gql/graphql.js";
import { noon, second } from "./support/clock.js";
import { given } from "./support/given.js";
import { startTestServer } from "./support/server.js";

const server = await startTestServer();

type Run = Awaited<ReturnType<ReturnType<ReturnType<typeof given>["execution"]>["inProgress"]>>;

/** Bug fixes of which every three are of one instant. */
async function fix(run: Run, count: number): Promise<void> {
  for (let place = 0; place < count; place += 1) {
    if (place % 3 === 0) server.clock.advance(second);
    await run.withBugFix({ autonomous: place % 2 === 0 });
  }
}

describe.each(orderDirections)("bug fixes of all runs, %s", (direction) => {
  test("pages neither skip nor repeat one while others are recorded", async () => {
    const run = await given(server).execution({ started_at: noon }).inProgress();
    await fix(run, 10);
    const before = await server.sql<{ id: string }>("select id from ws_bug_fixes");

    const seen: { id: string; createdAt: string }[] = [];
    const orderBy = { direction: direction.toUpperCase() as OrderDirection };
    let after: string | null = null;
    let isMore = true;
    while (isMore) {
      const { body }: Awaited<ReturnType<typeof page>> = await page(after);
      const { nodes, edges, pageInfo } = body.data.bugFixes;
      expect(edges.map(({ node }) => node.id)).toEqual(nodes.map(({ id }) => id));
      expect(nodes.every(({ execution }) => execution.id === run.id)).toBe(true);
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...nodes);
      after = pageInfo.endCursor ?? null;
      isMore = pageInfo.hasNextPage;
      if (seen.length < 9) await run.withBugFix();
    }

    function page(cursor: string | null) {
      return server.graphql(bugFixes, { first: 2, after: cursor, orderBy });
    }
    const ids = seen.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
    const sign = direction === "asc" ? 1 : -1;
    const sorted = seen.toSorted(
      (a, b) => sign * (Date.parse(a.createdAt) - Date.parse(b.createdAt)) || (a.id < b.id ? -1 : 1),
    );
    expect(ids).toEqual(sorted.map(({ id }) => id));
  });
});

test("the page of each run's bug fixes is its own, and all of them are one statement", async () => {
  const runs: Run[] = [];
  for (let count = 0; count < 6; count += 1) {
    const run = await given(server)
      .execution({ ws_id: `WS-${count}` })
      .inProgress();
    await fix(run, count);
    runs.push(run);
  }

  let nodes: Awaited<ReturnType<typeof ask>>["body"]["data"]["executions"]["nodes"] = [];
  const statements = await server.statementsDuring(async () => {
    nodes = (await ask({ first: 2 })).body.data.executions.nodes;
  });

  function ask(variables: { first?: number; after?: string | null; autonomous?: boolean }) {
    return server.graphql(bugFixesOfRuns, variables);
  }
  expect(statements).toHaveLength(3); // the runs, the pages, the totals
  for (const [count, { id }] of runs.entries()) {
    const page = nodes.find((node) => node.id === id)?.bugFixConnection;
    const stored = await server.sql<{ id: string }>(
      "select id from ws_bug_fixes where ws_execution_id = $1 order by created_at, id",
      [id],
    );
    expect(page?.nodes.map((bugFix) => bugFix.id)).toEqual(stored.slice(0, 2).map((row) => row.id));
    expect(page).toMatchObject({
      totalCount: count,
      pageInfo: { hasNextPage: count > 2, hasPreviousPage: false },
    });
  }

  const last = nodes.find(({ id }) => id === runs[5]?.id)?.bugFixConnection;
  const rest = await ask({ after: last?.pageInfo.endCursor ?? null });
  const following = rest.body.data.executions.nodes.find(({ id }) => id === runs[5]?.id)?.bugFixConnection;
  expect(following?.nodes).toHaveLength(3);
  expect(following?.nodes).not.toEqual(expect.arrayContaining([...(last?.nodes ?? [])]));
  expect(following?.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });

  const alone = await ask({ autonomous: true });
  const ofLast = alone.body.data.executions.nodes.find(({ id }) => id === runs[5]?.id)?.bugFixConnection;
  expect(ofLast?.nodes.map(({ autonomous }) => autonomous)).toEqual([true, true, true]);
  expect(ofLast?.totalCount).toBe(3);
});

test.each([
  ["of all runs", String(bugFixes)],
  ["of each run", String(bugFixesOfRuns)],
])("a cursor of something else is refused by name: bug fixes %s", async (_, document) => {
  await given(server).execution().inProgress();

  const { body } = await server.graphql(document, { after: "abc" });

  expect(body.errors?.[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    errors: [{ path: "after" }],
  });
});

test.each([
  ["executions", "startedFrom", '"2026-01-02T00:00:00Z"', "startedTo", '"2026-01-01T00:00:00Z"'],
  ["executions", "completedFrom", '"2026-01-01T00:00:00Z"', "completedTo", '"2026-01-01T00:00:00Z"'],
  ["executions", "durationFrom", "5", "durationTo", "5"],
  ["executions", "costFrom", "0.5", "costTo", "0.25"],
  ["bugFixes", "createdFrom", '"2026-01-02T00:00:00Z"', "createdTo", '"2026-01-01T00:00:00Z"'],
])("%s refuses a range without length: %s %s, %s %s", async (list, from, first, to, end) => {
  const { body } = await server.graphql(
    `{ ${list}(filter: { ${from}: ${first}, ${to}: ${end} }) { totalCount } }`,
  );

  expect(body.errors?.[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    errors: [{ path: `filter.${from}`, message: `must be before \`${to}\`` }],
  });
});

test("a phrase of 10,000 characters is looked for, one more or none is refused", async () => {
  const run = await given(server).execution().inProgress();
  const text = "%_\\'é".repeat(2_000);
  await run.withBugFix({ description: text });
  const look = (phrase: string) => server.graphql(bugFixes, { filter: { text: phrase } });

  const [whole, longer, empty] = [await look(text), await look(`${text}%`), await look("")];

  expect(whole.body.data.bugFixes.totalCount).toBe(1);
  expect(longer.body.errors?.[0]?.message).toContain("must have at most 10000 characters");
  expect(empty.body.errors?.[0]?.message).toContain("must not be empty");
});
