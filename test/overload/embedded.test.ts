import { describe, expect, test } from "vitest";
import { loadData } from "../../bench/seed/load.js";
import { onPostgres } from "../support/database.js";
import { startTestServer } from "../support/server.js";

const fields = 8;
const analysis = `metrics(of: LLM_CALLS, groupBy: [WS_ID, PHASE, MODEL], timeGrain: HOUR, limit: 1,
  measures: [{measure: COST_USD, aggregate: P99}]) { rowCount }`;
const heavy = `{ ${Array.from({ length: fields }, (_, index) => `a${index}: ${analysis}`).join(" ")} }`;

/** Its statements run in the thread of the server, and none can be ended. */
describe.skipIf(onPostgres)("between the statements of the embedded engine", async () => {
  const server = await startTestServer({ clock: "2026-03-01T00:00:00Z", env: { REQUEST_TIMEOUT_MS: "300" } });

  test("time limits pass, and others are answered before all of a query is", async () => {
    const until = new Date("2026-03-01T00:00:00Z");
    await loadData(server.database.store, { executions: 400, callsDays: 365, seed: 1, until });
    let isAnswered = false;

    const analysed = server.graphql(heavy).then((answer) => {
      isAnswered = true;
      return answer;
    });
    const alive = await server.fetch("/healthz").then(({ status }) => ({ status, isAnswered }));
    const { body } = await analysed;

    expect(alive).toEqual({ status: 200, isAnswered: false });
    expect(body.errors?.map(({ extensions }) => extensions.code)).toContain("UNAVAILABLE");
  });
});
