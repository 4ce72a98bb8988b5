import { timedAlternately } from "../alternate.js";
import type { BenchCase } from "../bench-case.js";
import type { Finding } from "../finding.js";
import { usualCallsDays } from "../seed/seed-plan.js";
import { median, quantile } from "../statistics.js";
import type { Workbench } from "../workbench.js";
import { byHand, ours, type PageSource, placeBefore } from "./page-sources.js";

/** A page of runs with all that hangs below them, the first one and one deep in the list. */
export const page: BenchCase = {
  name: "page",
  summary: "50 runs with phases, bug fixes and cost over GraphQL, first and deep page, against SQL by hand",
  async measure(bench, tell) {
    const deep = bench.choose({ quick: 150, full: 10_000 });
    const executions = bench.choose({ quick: 10_000, full: 1_000_000 });
    const size = { executions, callsDays: usualCallsDays(executions) };
    const url = await bench.database(size);
    const took = await bench.withServer(url, async (server) =>
      bench.withSql(url, async (sql) => {
        const place = await placeBefore(sql, deep);
        const sources = [await ours(server), byHand(sql)];
        await requireSameRuns(sources, place);
        return timedAlternately(
          [undefined, place].flatMap((after) => sources.map((source) => () => () => source.page(after))),
          limitsOf(bench),
        );
      }),
    );
    const [first = [], firstByHand = [], deeper = [], deeperByHand = []] = took;
    tell(against("page, first", first, "SQL", firstByHand, 3));
    tell(against(`page, ${deep.toLocaleString("en")}th`, deeper, "SQL", deeperByHand, 3));
    tell(against(`page, ${deep.toLocaleString("en")}th against first`, deeper, "first", first, 1.2));
  },
};

const limitsOf = (bench: Workbench) =>
  bench.choose({
    quick: { most: 100, least: 10, withinMs: 4_000 },
    full: { most: 1_000, least: 100, withinMs: 60_000 },
  });

/** @throws when sources disagree about which runs a page has */
async function requireSameRuns(
  sources: readonly PageSource[],
  place: Parameters<PageSource["ids"]>[0],
): Promise<void> {
  for (const after of [undefined, place]) {
    const pages = await Promise.all(sources.map(async ({ ids }) => JSON.stringify(await ids(after))));
    if (new Set(pages).size > 1) throw new Error("The pages of those that are compared differ.");
  }
}

function against(
  what: string,
  tookMs: readonly number[],
  name: string,
  othersMs: readonly number[],
  atMost: number,
): Finding {
  const [p50Ms, theirs] = [median(tookMs), median(othersMs)];
  return {
    what,
    ours: { amount: p50Ms, unit: "ms" },
    other: { name, amount: theirs, unit: "ms" },
    ratio: p50Ms / theirs,
    reach: { by: "ratio", atMost },
    ...{ p50Ms, p99Ms: quantile(tookMs, 0.99) },
  };
}
