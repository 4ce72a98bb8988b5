import type postgres from "postgres";
import type { ServerProcess } from "../../test/support/process.js";
import { timedAlternately } from "../alternate.js";
import type { BenchCase } from "../bench-case.js";
import type { Finding } from "../finding.js";
import { HttpConnection, requestOf } from "../http-connection.js";
import { usualCallsDays } from "../seed/seed-plan.js";
import { median, quantile } from "../statistics.js";
import type { Size, Workbench } from "../workbench.js";
import { type ReportQuestion, reportQuestions } from "./report-questions.js";

/** What a report may take. */
const mostMs = 20;
/** With the exact percentile over more runs than this, a report may take longer. */
const manyRuns = 100_000;
const mostWithPercentileMs = 150;
/** What it may take at the largest size, in times of what it takes at the smallest. */
const mostGrowth = 5;

/** Each report at several sizes, against the same numbers in one statement over the base tables. */
export const reports: BenchCase = {
  name: "reports",
  summary: "scoreboard, dashboard and cost summary at several sizes, against one hand-written statement each",
  async measure(bench, tell) {
    const sizes = sizesOf(bench);
    const p50s = new Map<string, number[]>();
    for (const size of sizes) {
      const url = await bench.database(size);
      await bench.withServer(url, (server) =>
        bench.withSql(url, async (sql) => {
          const place = { size, server, sql, connection: await HttpConnection.open(new URL(server.url)) };
          for (const question of reportQuestions) {
            const finding = await measureOne(bench, place, question);
            tell(finding);
            p50s.set(question.name, [...(p50s.get(question.name) ?? []), finding.ours.amount]);
          }
        }),
      );
    }
    const [smallest, largest] = [sizes.at(0), sizes.at(-1)].map((size) => size && runs(size));
    for (const [name, amounts] of p50s) {
      const [small = Number.NaN, large = Number.NaN] = [amounts.at(0), amounts.at(-1)];
      tell({
        what: `${name}, ${largest} against ${smallest}`,
        ours: { amount: large, unit: "ms" },
        other: { name: `at ${smallest}`, amount: small, unit: "ms" },
        ratio: large / small,
        reach: { by: "ratio", atMost: mostGrowth },
      });
    }
  },
};

const runs = ({ executions }: Size) => `${executions.toLocaleString("en")} runs`;

function sizesOf({ scale }: Workbench): readonly Size[] {
  if (scale.quick) return [10_000, 100_000].map((executions) => ({ executions, callsDays: 10 }));
  const counts = [10_000, 1_000_000, ...(scale.large ? [10_000_000] : [])];
  return counts.map((executions) => ({ executions, callsDays: usualCallsDays(executions) }));
}

interface Place {
  readonly size: Size;
  readonly server: ServerProcess;
  readonly connection: HttpConnection;
  readonly sql: postgres.Sql;
}

async function measureOne(
  bench: Workbench,
  { size, server, sql, connection }: Place,
  question: ReportQuestion,
): Promise<Finding> {
  const key = await agreedKey(question, server, sql);
  const url = new URL(server.url);
  const [ours = [], theirs = []] = await timedAlternately(
    [
      () => {
        const request = requestOf(url, question.pathAt(new Date()));
        return () => connection.ask(request);
      },
      () => () => question.rowsAt(sql, new Date()),
    ],
    bench.choose({
      quick: { most: 15, least: 2, withinMs: 600 },
      full: { most: 60, least: 1, withinMs: 15_000 },
    }),
  );
  const [p50Ms, p99Ms] = [median(ours), quantile(ours, 0.99)];
  const hasManyRuns = question.hasPercentile && key > manyRuns;
  return {
    what: `${question.name}, ${runs(size)}`,
    ours: { amount: p50Ms, unit: "ms" },
    other: { name: "SQL", amount: median(theirs), unit: "ms" },
    ratio: p50Ms / median(theirs),
    reach: { by: "ours", atMost: hasManyRuns ? mostWithPercentileMs : mostMs },
    ...{ p50Ms, p99Ms },
  };
}

/**
 * The number that both answers have.
 * @throws when they differ by more than the runs that enter or leave a window meanwhile
 */
async function agreedKey({ key, pathAt, rowsAt }: ReportQuestion, server: ServerProcess, sql: postgres.Sql) {
  const now = new Date();
  const { status, body } = await server.fetch(pathAt(now));
  const [whole] = await rowsAt(sql, now);
  const [ours, theirs] = [Number(body[key]), Number(whole?.[key])];
  if (status === 200 && Math.abs(ours - theirs) <= 1 + theirs / 1_000) return ours;
  throw new Error(`${pathAt(now)} answers ${status} with ${key} ${ours}; by hand it is ${theirs}.`);
}
