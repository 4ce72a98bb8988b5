import type postgres from "postgres";
import { encodeCursor } from "../../src/domain/page.js";
import type { ServerProcess } from "../../test/support/process.js";
import { HttpConnection, requestOf } from "../http-connection.js";
import { pageQuery } from "../requests.js";

const pageSize = 50;

/** The run after which a page begins. */
export interface Place {
  readonly startedAt: Date;
  readonly id: string;
}

/**
 * Somebody who serves pages of runs, newest first, with phases, bug fixes and cost. Another one takes its place in the
 * list of `page.case.ts`.
 */
export interface PageSource {
  readonly name: string;
  /** Reads a page, the first one unless it is after something. */
  page(after: Place | undefined): Promise<unknown>;
  /** The ids of its runs, so that pages of several sources can be compared. */
  ids(after: Place | undefined): Promise<readonly string[]>;
}

/** Our server over GraphQL, on one connection. */
export async function ours(server: ServerProcess): Promise<PageSource> {
  const url = new URL(server.url);
  const connection = await HttpConnection.open(url);
  const variables = (after: Place | undefined) => ({
    first: pageSize,
    after:
      after &&
      encodeCursor(
        { field: "started_at", direction: "desc" },
        { value: after.startedAt.getTime(), id: after.id },
      ),
  });
  return {
    name: "GraphQL",
    page: (after) =>
      connection.ask(requestOf(url, "/graphql", { query: pageQuery, variables: variables(after) })),
    ids: async (after) => {
      const { body } = await server.graphql<Page>(pageQuery, variables(after));
      if (body.errors) throw new Error(JSON.stringify(body.errors));
      return body.data.executions.edges.map(({ node }) => node.id);
    },
  };
}

interface Page {
  readonly executions: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
}

/** The same rows as somebody fetches them who writes a program for nothing else. */
export function byHand(sql: postgres.Sql): PageSource {
  const page = (after: Place | undefined) => sql`
    select runs.id, ws_id, wp_id, executor, status, started_at, completed_at, duration_seconds, rework_cycles,
      test_metrics, phase_metrics, cost_usd, cost_source, logged_cost_usd, llm_cost_usd, logged_call_count,
      logged_unpriced_call_count, fixes.list as bug_fixes
    from ws_executions as runs
    left join lateral (
      select json_agg(fixes order by created_at, id) as list from ws_bug_fixes as fixes where ws_execution_id = runs.id
    ) as fixes on true
    ${after === undefined ? sql`` : sql`where started_at <= ${after.startedAt} and (started_at < ${after.startedAt} or runs.id > ${after.id})`}
    order by started_at desc nulls last, runs.id
    limit ${pageSize + 1}`;
  return {
    name: "SQL",
    page,
    ids: async (after) => (await page(after)).slice(0, pageSize).map(({ id }) => String(id)),
  };
}

/** The last run of the page before the given one; pages are numbered from 1. */
export async function placeBefore(sql: postgres.Sql, page: number): Promise<Place> {
  const [row] = await sql<{ started_at: Date; id: string }[]>`
    select started_at, id from ws_executions order by started_at desc nulls last, id
    limit 1 offset ${(page - 1) * pageSize - 1}`;
  if (row === undefined) throw new Error(`There is no page ${page}.`);
  return { startedAt: row.started_at, id: row.id };
}
