import { describe, expect, onTestFinished, test, vi } from "vitest";
import { onPostgres } from "../support/database.js";
import { startTestServer } from "../support/server.js";

const analysis = "{ metrics(of: BUG_FIXES, measures: {measure: COUNT}) { totals } }";

describe.runIf(onPostgres)("while an analysis goes on", async () => {
  const server = await startTestServer();

  test("others wait for their turn, and reports are read and written", async () => {
    await server.sql("begin");
    await server.sql("lock table ws_bug_fixes in access exclusive mode"); // which keeps an analysis of bug fixes busy
    onTestFinished(() => server.sql("rollback").then(() => {}));
    const analyses = Array.from({ length: 8 }, () => server.graphql(analysis));
    const waiting = () =>
      server.sql("select 1 from pg_locks where not granted and relation = 'ws_bug_fixes'::regclass");
    await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), 8_000);

    const [started, read] = await Promise.all([
      server.graphql(`mutation { startExecution(input: {wsId: "WS-1", executor: "human"}) { outcome } }`),
      server.graphql("{ executions { totalCount } }"),
    ]);

    expect(started.body.data).toEqual({ startExecution: { outcome: "RECORDED" } });
    expect(read.body.errors).toBeUndefined();
    expect(await waiting()).toHaveLength(1);
    await server.sql("rollback");
    for (const { body } of await Promise.all(analyses))
      expect(body.data).toEqual({ metrics: { totals: [0] } });
  });
});
