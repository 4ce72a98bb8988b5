import fc from "fast-check";
import { expect, test } from "vitest";
import { recordEvents } from "../client/documents.js";
import { always } from "../support/property.js";
import { startTestServer } from "../support/server.js";
import {
  bugFixFilter,
  eventsOf,
  executionFilter,
  filteredRuns,
  leavesBugFix,
  leavesRun,
} from "./filters.model.js";

const server = await startTestServer();

interface Found {
  readonly found: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
}

async function found(list: "executions" | "bugFixes", type: string, filter: object) {
  const query = `query ($filter: ${type}) { found: ${list}(filter: $filter) { totalCount nodes { id } } }`;
  const { body } = await server.graphql<Found>(query, { filter });
  expect(body.errors).toBeUndefined();
  const { totalCount, nodes } = body.data.found;
  return { totalCount, ids: nodes.map(({ id }) => id).toSorted() };
}

const scene = fc.record({
  runs: filteredRuns,
  filters: fc.array(executionFilter, { minLength: 25, maxLength: 25 }),
  bugFixFilters: fc.array(bugFixFilter, { minLength: 12, maxLength: 12 }),
});

test("filters leave the runs and bug fixes that their descriptions say, whatever stands in them", async () => {
  await always(scene, { runs: 6, seconds: 4 }, async ({ runs, filters, bugFixFilters }) => {
    await server.reset();
    const { body } = await server.graphql(recordEvents, { events: runs.flatMap(eventsOf) });
    expect(body.data.recordEvents.filter(({ error }) => error !== null)).toEqual([]);

    for (const filter of filters) {
      const left = runs.filter((run) => leavesRun(filter, run)).map(({ id }) => id);
      const expected = { filter, totalCount: left.length, ids: left.toSorted() };
      expect({ filter, ...(await found("executions", "ExecutionFilter", filter)) }).toEqual(expected);
    }
    for (const filter of bugFixFilters) {
      const left = runs.flatMap((run) =>
        run.bugFixes.filter((fix) => leavesBugFix(filter, run, fix)).map(({ id }) => id),
      );
      const expected = { filter, totalCount: left.length, ids: left.toSorted() };
      expect({ filter, ...(await found("bugFixes", "BugFixFilter", filter)) }).toEqual(expected);
    }
  });
});
