import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type ExecutionOrderField, executionOrderFields, orderDirections } from "../src/vocabulary.js";
import { executions } from "./client/documents.js";
import type {
  ExecutionFilter,
  ExecutionOrderField as FieldWord,
  OrderDirection,
} from "./client/gql/graphql.js";
import { after, hour, minute, noon } from "./support/clock.js";
import { given } from "./support/given.js";
import { startTestServer } from "./support/server.js";

const server = await startTestServer();

interface ListedRun {
  readonly id: string;
  readonly started_at: string;
  readonly completed_at: string | null;
  readonly duration_seconds: number | null;
  readonly cost: { readonly total_usd: number | null };
}
interface Page {
  readonly executions: readonly ListedRun[];
  readonly next_cursor: string | null;
  readonly total_count: number;
}

const sortValueOf: Readonly<Record<ExecutionOrderField, (run: ListedRun) => number | null>> = {
  started_at: ({ started_at }) => Date.parse(started_at),
  completed_at: ({ completed_at }) => (completed_at === null ? null : Date.parse(completed_at)),
  duration: ({ duration_seconds }) => duration_seconds,
  llm_cost: ({ cost }) => cost.total_usd,
};

/** Every order has ties, and all but one have runs without a value; ends with the order of the ids. */
async function givenRuns(): Promise<readonly string[]> {
  const runs = [];
  for (let place = 0; place < 14; place += 1) {
    const started_at = after(noon, -(place % 4) * hour);
    const run = given(server).execution({ started_at });
    const llm_cost_usd = place % 5 === 0 ? undefined : (place % 3) / 1e6;
    const metrics = llm_cost_usd === undefined ? {} : { llm_cost_usd };
    const stored =
      place % 3 === 0 ? run.inProgress(metrics) : run.completed({ ...metrics, seconds: place % 2 });
    runs.push((await stored).id);
  }
  return runs;
}

/** Others write before, at and after the place where a reader is. */
async function writeMore(): Promise<void> {
  const run = (distance: number) => given(server).execution({ started_at: after(noon, distance) });
  await run(-hour).completed({ seconds: 1, llm_cost_usd: 0.000001 });
  await run(minute).inProgress();
  await run(-9 * hour).failed({ seconds: 9, llm_cost_usd: 9 });
}

async function everyPage(query: string, between: () => Promise<unknown>): Promise<readonly ListedRun[]> {
  const listed: ListedRun[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const after: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const { body }: { body: Page } = await server.get<Page>(`/ws-executions?${query}&limit=3${after}`);
    listed.push(...body.executions);
    cursor = body.next_cursor;
    await between();
  }
  return listed;
}

const orders = executionOrderFields.flatMap((field) =>
  orderDirections.map((direction) => ({ field, direction })),
);

describe.each(orders)("by $field, $direction", ({ field, direction }) => {
  test("pages neither skip nor repeat a run while others are written, and runs without a value come last", async () => {
    const ids = await givenRuns();

    const listed = await everyPage(`order_by=${field}&direction=${direction}`, writeMore);

    const seen = listed.map(({ id }) => id);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([...ids]));
    const sign = direction === "asc" ? 1 : -1;
    const expected = listed.toSorted((a, b) => {
      const [left, right] = [sortValueOf[field](a), sortValueOf[field](b)];
      if (left === null || right === null) {
        return Number(left === null) - Number(right === null) || (a.id < b.id ? -1 : 1);
      }
      return sign * (left - right) || (a.id < b.id ? -1 : 1);
    });
    expect(seen).toEqual(expected.map(({ id }) => id));
    expect(listed.some((run) => sortValueOf[field](run) === null)).toBe(field !== "started_at");
  });

  test("GraphQL has the same pages", async () => {
    await givenRuns();
    const orderBy = {
      field: field.toUpperCase() as FieldWord,
      direction: direction.toUpperCase() as OrderDirection,
    };

    const byRest = await everyPage(`order_by=${field}&direction=${direction}`, async () => {});
    const listed: string[] = [];
    let cursor: string | null = null;
    let isMore = true;
    while (isMore) {
      const { body }: Awaited<ReturnType<typeof page>> = await page(cursor);
      const { nodes, edges, pageInfo, totalCount } = body.data.executions;
      expect(totalCount).toBe(14);
      expect(edges.map(({ node }) => node.id)).toEqual(nodes.map(({ id }) => id));
      expect(pageInfo.startCursor).toBe(edges.at(0)?.cursor);
      expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor);
      expect(pageInfo.hasPreviousPage).toBe(cursor !== null);
      listed.push(...nodes.map(({ id }) => id));
      cursor = pageInfo.endCursor ?? null;
      isMore = pageInfo.hasNextPage;
    }

    function page(after: string | null) {
      return server.graphql(executions, { first: 3, after, orderBy });
    }
    expect(listed).toEqual(byRest.map(({ id }) => id));
  });
});

interface FilterCase {
  readonly sentence: string;
  readonly rest: string;
  readonly filter: ExecutionFilter;
  /** The runs it leaves, by their Work Statements. */
  readonly left: readonly string[];
}

const filterCases: readonly FilterCase[] = [
  { sentence: "nothing", rest: "", filter: {}, left: ["WS-1", "WS-2", "WS-3", "WS-4", "WS-5"] },
  { sentence: "a Work Statement", rest: "ws_id=WS-2", filter: { wsId: "WS-2" }, left: ["WS-2"] },
  { sentence: "a Work Package", rest: "wp_id=WP-A", filter: { wpId: "WP-A" }, left: ["WS-1", "WS-2"] },
  { sentence: "an executor", rest: "executor=human", filter: { executor: "human" }, left: ["WS-2", "WS-4"] },
  { sentence: "a scope", rest: "scope_id=team", filter: { scopeId: "team" }, left: ["WS-5"] },
  { sentence: "a status", rest: "status=FAILED", filter: { status: ["FAILED"] }, left: ["WS-3"] },
  {
    sentence: "several statuses",
    rest: "status=FAILED&status=BLOCKED&status=FAILED",
    filter: { status: ["FAILED", "BLOCKED", "FAILED"] },
    left: ["WS-3", "WS-5"],
  },
  {
    sentence: "the instant of the first, and later",
    rest: `from=${after(noon, -3 * hour)}`,
    filter: { startedFrom: after(noon, -3 * hour) },
    left: ["WS-1", "WS-2", "WS-3"],
  },
  {
    sentence: "everything before the instant of one",
    rest: `to=${after(noon, -3 * hour)}`,
    filter: { startedTo: after(noon, -3 * hour) },
    left: ["WS-4", "WS-5"],
  },
  {
    sentence: "a millisecond before the last to the last",
    rest: `from=${after(noon, -4 * hour)}&to=${after(noon, -2 * hour)}`,
    filter: { startedFrom: after(noon, -4 * hour), startedTo: after(noon, -2 * hour) },
    left: ["WS-3", "WS-4"],
  },
  {
    sentence: "all of them together",
    rest: `wp_id=WP-A&executor=human&status=COMPLETED&status=STARTED&from=${after(noon, -5 * hour)}&to=${noon}`,
    filter: {
      ...{ wpId: "WP-A", executor: "human", status: ["COMPLETED", "STARTED"] },
      ...{ startedFrom: after(noon, -5 * hour), startedTo: noon },
    },
    left: ["WS-2"],
  },
  {
    sentence: "two that exclude each other",
    rest: "ws_id=WS-1&wp_id=WP-B",
    filter: { wsId: "WS-1", wpId: "WP-B" },
    left: [],
  },
];

test.each(filterCases)(
  "a filter by $sentence leaves only what matches, and counts it",
  async (filterCase) => {
    const { rest, filter, left } = filterCase;
    const run = (place: number, facts: Parameters<ReturnType<typeof given>["execution"]>[0]) =>
      given(server).execution({
        ...{ id: randomUUID(), ws_id: `WS-${place}`, started_at: after(noon, -place * hour), wp_id: "WP-B" },
        ...facts,
      });
    await run(1, { wp_id: "WP-A" }).inProgress();
    await run(2, { wp_id: "WP-A", executor: "human" }).completed();
    await run(3, { wp_id: "WP-AA" }).failed();
    await run(4, { executor: "human" }).hardStopped();
    await run(5, { scope_id: "team" }).blocked();

    const byRest = await server.get<{ executions: { ws_id: string }[]; total_count: number }>(
      `/ws-executions?limit=2&${rest}`,
    );
    const byGraphql = await server.graphql(executions, { filter });

    expect(byRest.body.executions.map(({ ws_id }) => ws_id)).toEqual(left.slice(0, 2));
    expect(byRest.body.total_count).toBe(left.length);
    expect(byGraphql.body.data.executions.nodes.map(({ wsId }) => wsId)).toEqual(left);
    expect(byGraphql.body.data.executions.totalCount).toBe(left.length);
  },
);

test("a cursor of another order is refused, and so is anything else", async () => {
  await givenRuns();
  const { body } = await server.get<Page>("/ws-executions?limit=4");

  const ofAnother = await server.get(`/ws-executions?order_by=llm_cost&cursor=${body.next_cursor}`);
  const made = await server.get("/ws-executions?cursor=abc");

  for (const refused of [ofAnother, made]) {
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: "BAD_USER_INPUT", errors: [{ path: "cursor" }] });
  }
});
