import { timedAlternately } from "../alternate.js";
import type { BenchCase } from "../bench-case.js";
import { HttpConnection, requestOf } from "../http-connection.js";
import { runIdOf } from "../seed/seed-plan.js";
import { median, quantile } from "../statistics.js";
import { batchOf, exportOf, insertByHand } from "./telemetry.js";

const callsPerBatch = 200;
const size = { executions: 100_000, callsDays: 0 };

/** A batch of telemetry against one insert of the same rows. */
export const otlp: BenchCase = {
  name: "otlp",
  summary: `a batch of ${callsPerBatch} calls of Claude Code over OTLP, against insert … unnest of the same rows`,
  async measure(bench, tell) {
    const url = await bench.database(size);
    const anyBatch = () =>
      batchOf(runIdOf(bench.seed, Math.floor(Math.random() * size.executions)), callsPerBatch);
    const [ours = [], theirs = []] = await bench.withServer(url, (server) =>
      bench.withSql(url, async (sql) => {
        const stored = async () => Number((await sql`select count(*) as count from llm_calls`)[0]?.count);
        const before = await stored();
        const connection = await HttpConnection.open(new URL(server.url));
        const took = await timedAlternately(
          [
            () => {
              const request = requestOf(new URL(server.url), "/v1/logs", exportOf(anyBatch()));
              return () => connection.ask(request);
            },
            () => {
              const batch = anyBatch();
              return () => insertByHand(sql, batch);
            },
          ],
          bench.choose({
            quick: { most: 60, least: 10, withinMs: 5_000 },
            full: { most: 600, least: 100, withinMs: 60_000 },
          }),
        );
        connection.close();
        const expected = took.flat().length * callsPerBatch;
        if ((await stored()) - before !== expected)
          throw new Error("Not every call that was sent is stored.");
        return took;
      }),
    );
    const p50Ms = median(ours);
    tell({
      what: `otlp, ${callsPerBatch} calls`,
      ours: { amount: p50Ms, unit: "ms" },
      other: { name: "insert … unnest", amount: median(theirs), unit: "ms" },
      ratio: p50Ms / median(theirs),
      reach: { by: "ratio", atMost: 2 },
      ...{ p50Ms, p99Ms: quantile(ours, 0.99) },
    });
  },
};
