import { sql as statement } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { checkSums, foldSums, rebuildSums, tidySums } from "../../src/services/kept-sums.service.js";
import { dashboard } from "../../src/store/dashboard.repository.js";
import { scoreboard } from "../../src/store/scoreboard.repository.js";
import { intervals, statuses } from "../../src/vocabulary.js";
import { instantsAround } from "../property/facts.arbitrary.js";
import { oddities } from "../property/zones.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { bucketsOf } from "../support/local-time.js";
import { always } from "../support/property.js";
import { apply, changesAround } from "./change.js";
import { plainFigures } from "./plain-reports.js";

const database = await openTestDatabase();
const { sql, store } = database;
afterAll(database.close);
beforeEach(database.reset);

const close = (value: number | null | undefined) =>
  typeof value === "number" && !Number.isInteger(value) ? expect.closeTo(value, 9) : value;

async function scoreboardIsPlain(from: Date | null, to: Date): Promise<void> {
  const plain = await plainFigures(sql, from, to);
  const { runsByStatus, ...answer } = await store.read((db) => scoreboard(db, { from, to }));
  expect(answer).toEqual({
    ...{ from, to },
    totalRuns: plain.totalRuns,
    completedRuns: plain.completedCount,
    successRate: close(plain.successRate),
    settledSuccessRate: close(plain.settledSuccessRate),
    averageDurationSeconds: close(plain.averageDurationSeconds),
    p95DurationSeconds: close(plain.p95DurationSeconds),
    firstPassVerifyRate: close(plain.firstPassVerifyRate),
    llmCostUsd: plain.llmCostUsd,
    costPerCompletedWsUsd: plain.costPerWsUsd,
    autonomousBugFixCount: plain.autonomousBugFixCount,
  });
  expect(runsByStatus).toEqual(statuses.map((status) => ({ status, count: plain[status] })));
}

const scene = fc.constantFrom(...oddities).chain(({ zone, pivot }) => {
  const instant = instantsAround(Date.parse(pivot));
  return fc.record({
    zone: fc.constant(zone),
    changes: changesAround(Date.parse(pivot)),
    edges: fc.tuple(instant, instant).filter(([one, other]) => one !== other),
    interval: fc.constantFrom(...intervals),
  });
});

describe("whatever happens to runs and bug fixes, folded or not", () => {
  test("the kept sums are what they are the sums of", async () => {
    await always(scene, { runs: 10, seconds: 4 }, async ({ changes }) => {
      await database.reset();

      for (const change of changes) await apply(database, change);

      expect(await checkSums(store)).toEqual([]);
    });
  });

  test("scoreboard and dashboard say of any range, in any time zone, what the runs say", async () => {
    await always(scene, { runs: 10, seconds: 5 }, async ({ changes, edges, zone, interval }) => {
      await database.reset();
      for (const change of changes) await apply(database, change);
      const [from, to] = edges.toSorted((one, other) => one - other).map((edge) => new Date(edge));
      if (from === undefined || to === undefined) throw new Error("two edges make a range");

      const answer = await store.read((db) => dashboard(db, { from, to, interval, timeZone: zone }));

      await scoreboardIsPlain(from, to);
      await scoreboardIsPlain(null, to);
      const plain = await plainFigures(sql, from, to);
      expect(answer).toMatchObject({
        completedCount: plain.completedCount,
        averageDurationSeconds: close(plain.averageDurationSeconds),
        testsWritten: plain.testsWritten,
        autonomousBugFixCount: plain.autonomousBugFixCount,
        llmCostUsd: plain.llmCostUsd,
        averageReworkCycles: close(plain.averageReworkCycles),
        costPerWsUsd: plain.costPerWsUsd,
      });
      const trend = [];
      for (const bucket of bucketsOf(zone, interval, from.getTime(), to.getTime())) {
        const [start, end] = [new Date(bucket.start), new Date(bucket.end)];
        const { completedCount, llmCostUsd, costPerWsUsd } = await plainFigures(sql, start, end);
        trend.push({ start, end, completedCount, llmCostUsd, costPerWsUsd });
      }
      expect(answer.trend).toEqual(trend);
    });
  });
});

/** Completed runs from New Year on, `every` seconds apart, of 1 to `spread` seconds. */
const givenRuns = (count: number, every: number, spread: number) =>
  sql(
    `insert into ws_executions (id, ws_id, executor, status, started_at, completed_at)
     select gen_random_uuid(), 'WS-1', 'human', 'COMPLETED', at, at + make_interval(secs => 1 + n * 7919 % $3)
     from generate_series(1, $1::integer) as n, lateral (select timestamptz '2026-01-01Z' + make_interval(secs => n * $2::integer)) as times(at)`,
    [count, every, spread],
  );

test("an update that changes no sum appends nothing", async () => {
  await givenRuns(3, 60, 100);
  await foldSums(store, 100);

  await sql("update ws_executions set wp_id = 'WP-1', phase_metrics = '{\"phases\": []}'");

  expect(await sql("select * from run_sum_changes")).toEqual([]);
});

test("a fold takes no more than its limit, and what is left counts all the same", async () => {
  await givenRuns(10, 60, 100);

  const folded = await foldSums(store, 4);

  expect(folded).toBe(4);
  expect(await sql("select count(*)::integer as n from run_sum_changes")).toEqual([{ n: 6 }]);
  await scoreboardIsPlain(null, new Date("2026-02-01Z"));
});

test("the 95th percentile is exact where its neighbours are in different buckets, and where all are alike", async () => {
  for (const spread of [2, 21, 40_000_000]) {
    await database.reset();
    await givenRuns(21, 7_000, spread);
    await foldSums(store, 100);

    await scoreboardIsPlain(null, new Date("2026-02-01Z"));
  }
});

test("emptying the tables empties the sums", async () => {
  await givenRuns(5, 60, 100);
  await foldSums(store, 3);

  await sql("truncate ws_executions cascade");

  expect(await checkSums(store)).toEqual([]);
  expect(await sql("select * from run_sums")).toEqual([]);
});

test("a report of thousands of runs reads few of them", async () => {
  await givenRuns(5_000, 600, 1_000);
  await foldSums(store, 10_000);
  await tidySums(store);
  await sql("vacuum analyze ws_executions");
  const range = { from: new Date("2026-01-02T03:04:05Z"), to: new Date("2026-02-03T04:05:06Z") };

  const counts = await store.write(async (db) => {
    await scoreboard(db, range);
    await dashboard(db, { ...range, interval: "day", timeZone: "Asia/Kolkata" });
    return db
      .select({ n: statement<number>`seq_tup_read + idx_tup_fetch`.mapWith(Number) })
      .from(statement`pg_stat_xact_user_tables`)
      .where(statement`relname = 'ws_executions'`);
  });

  expect(counts[0]?.n).toBeLessThan(1_000);
});

test("what was changed by hand is found, and made right", async () => {
  await givenRuns(5, 60, 100);
  await foldSums(store, 3);
  await sql(
    "update run_sums set completed_seconds = completed_seconds + 7, cost_usd = -0.000001 where grain = 'day'",
  );
  await sql("delete from duration_sums");

  const found = await checkSums(store);
  await rebuildSums(store);

  expect(found).toContainEqual({
    table: "run_sums",
    grain: "day",
    startAt: new Date("2026-01-01Z"),
    measure: "completed_seconds",
    excess: "7",
  });
  expect(found).toContainEqual(expect.objectContaining({ measure: "cost_usd", excess: "-0.000001" }));
  expect(found).toContainEqual(expect.objectContaining({ table: "duration_sums", excess: "-1" }));
  expect(await checkSums(store)).toEqual([]);
  await scoreboardIsPlain(null, new Date("2026-02-01Z"));
});

test.runIf(onPostgres)("writers and folders at the same time lose nothing", async () => {
  await givenRuns(50, 900, 100);
  let isWriting = true;
  const fold = async () => {
    let count = 0;
    while (isWriting) count += await foldSums(store, 7);
    return count;
  };
  const write = async (writer: number) => {
    for (let round = 0; round < 20; round += 1) {
      await store.write((db) =>
        db.execute(statement`
          update ws_executions set reported_rework_cycles = ${writer + round}, started_at = started_at - interval '1 minute'
          where id = (select id from ws_executions order by id offset ${(writer * 16 + round) % 50} limit 1)`),
      );
    }
  };

  const folding = [fold(), fold()];
  await Promise.all([1, 2, 3].map(write));
  isWriting = false;
  const folded = await Promise.all(folding);

  expect(folded[0] ?? 0).toBeGreaterThan(0);
  expect(await checkSums(store)).toEqual([]);
});

test("any number of differences is found", async () => {
  await sql(
    "insert into duration_sums select timestamptz '2026-01-01Z', n, 1 from generate_series(1, 150000) as n",
  );

  expect(await checkSums(store)).toHaveLength(150_000);
});
