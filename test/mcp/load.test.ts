import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createKey } from "../../src/services/api-key.service.js";
import { seriesOf } from "../metrics/exposition.js";
import { scrape } from "../metrics/scrape.js";
import { minute } from "../support/clock.js";
import { onPostgres } from "../support/database.js";
import { startTestServer } from "../support/server.js";
import { exchange, toolCall } from "../wire/exchange.js";
import { modelAt } from "./model.js";

const run = { ws_id: "WS-1", executor: "human" };

describe("what tools do is counted", async () => {
  const server = await startTestServer();

  test("by operation and code, refusals included", async () => {
    const model = await modelAt(server.url);
    const counts = async () => seriesOf(await scrape(server));
    const before = await counts();

    const { execution_id } = await model.data("start_work_statement", run);
    await model.data("report_phase", { execution_id, name: "verify" });
    await model.call("get_metrics", { window: "1y" });
    await model.call("report_bug_fix", { tokens: 1 });

    const after = await counts();
    const grown = (series: string) => (after[series] ?? 0) - (before[series] ?? 0);
    expect(grown('ws_metrics_refusals_total{code="BAD_USER_INPUT"}')).toBe(2);
    expect(grown('ws_metrics_operations_total{operation="recordPhase",code="OK"}')).toBe(1);
  });
});

describe("a key has as many reports by tools as by other doors", async () => {
  const server = await startTestServer({ env: { RATE_LIMIT_PER_KEY: "2" } });

  test("and a model is told to come again", async () => {
    const wish = { name: "a key", role: "ingest" } as const;
    const { key } = await createKey(server.database.store.database, wish, server.clock.now());
    server.clock.advance(minute);
    const model = await modelAt(server.url, "2026", key);
    await model.data("start_work_statement", run);
    await model.data("start_work_statement", run);

    const { text } = await model.call("start_work_statement", run);

    expect(text).toMatch(/^RATE_LIMITED: .* Call the tool again with the same arguments, later\.$/s);
  });
});

describe.runIf(onPostgres)("a server whose database is slow", async () => {
  const server = await startTestServer({
    env: { MAX_WAITING_WRITES: "1", MAX_WAITING_READS: "4", REQUEST_TIMEOUT_MS: "10000" },
  });

  test("refuses at once a report that would have to wait, and finishes what it took", async () => {
    const model = await modelAt(server.url);
    const { execution_id } = await model.data("start_work_statement", run);
    await server.sql("begin");
    await server.sql("lock table ws_executions in share row exclusive mode"); // of whoever only reads nobody waits
    onTestFinished(() => server.sql("rollback").then(() => {}));
    const taken = Array.from({ length: 11 }, () =>
      exchange(server.url, toolCall("start_work_statement", run)),
    );
    await vi.waitFor(async () => {
      const waiting = await server.sql(
        "select 1 from pg_locks where not granted and relation = 'ws_executions'::regclass",
      );
      expect(waiting).toHaveLength(10);
    }, 8_000);

    const { text } = await model.call("complete_work_statement", { execution_id });

    expect(text).toMatch(/^UNAVAILABLE: .*busy.* again with the same arguments, later\.$/s);
    await server.sql("rollback");
    expect((await Promise.all(taken)).map(({ text }) => /"outcome":"(\w+)"/.exec(text)?.[1])).toEqual(
      Array(11).fill("RECORDED"),
    );
  });
});
