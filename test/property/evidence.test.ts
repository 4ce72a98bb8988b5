import { expect, test } from "vitest";
import { amountOf, articlesOf, rowIn, rowsIn } from "../evidence/page.reader.js";
import { day, noon } from "../support/clock.js";
import { always } from "../support/property.js";
import { knownSumOf, microsOf, microsOrNull, sumOf } from "../support/usd.js";
import { factsAround } from "./facts.arbitrary.js";
import { startToldServer } from "./tell.js";

const server = await startToldServer();

interface Listed {
  readonly id: string;
  readonly started_at: string;
  readonly cost: {
    readonly total_usd: number | null;
    readonly source: string;
    readonly by_phase: readonly { readonly cost_usd: number | null }[];
    readonly unattributed_to_phase_usd: number | null;
  };
}

/** Long enough ago for everything to have happened. */
const pivot = Date.parse(noon) - 60 * day;

const inOrder = (one: Listed, other: Listed) =>
  one.started_at.localeCompare(other.started_at) || (one.id < other.id ? -1 : 1);

const total = (page: string, caption: string) => amountOf(rowIn(page, caption, "All runs"));
const parts = (page: string, caption: string) =>
  rowsIn(page, caption)
    .filter(([head]) => head !== "All runs")
    .map(amountOf);

const selections = ["", "&ws_id=WS-1"];
const ever = "from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z";

test("on an evidence report the phases come to their run, the runs to the total, and so does every breakdown", async () => {
  await always(factsAround(pivot), { runs: 12, seconds: 4 }, async (facts) => {
    await server.tell(facts);
    for (const selection of selections) {
      const query = `${ever}${selection}`;
      const { body } = await server.get<{ executions: Listed[] }>(`/ws-executions?limit=500&${query}`);
      const listed = body.executions.toSorted(inOrder);
      const { body: page, status } = await server.get<string>(`/report.html?${query}`);
      if (listed.length === 0) {
        expect(status).toBe(404);
        continue;
      }

      const articles = articlesOf(page);
      expect(articles.length).toBe(listed.length);
      for (const [index, { cost }] of listed.entries()) expectRun(articles[index] ?? "", cost);
      const costs = listed.map(({ cost }) => microsOrNull(cost.total_usd));
      const rows = rowsIn(page, "Runs in the order they started");
      expect(rows.slice(0, -1).map(amountOf)).toEqual(costs);
      expect(total(page, "Runs in the order they started")).toBe(knownSumOf(costs));
      for (const caption of [
        "Time and cost by phase",
        "LLM calls of the runs, by model",
        "Cost by its source",
      ]) {
        expect(total(page, caption)).toBe(knownSumOf(costs));
        expect(sumOf(parts(page, caption))).toBe(sumOf(costs));
      }
      expect(amountOf(rowIn(page, "LLM calls of the runs, by model", "Runs without priced calls"))).toBe(
        knownSumOf(costs) === null
          ? null
          : sumOf(
              listed
                .filter(({ cost }) => cost.source !== "LLM_LOG")
                .map(({ cost }) => microsOf(cost.total_usd ?? 0)),
            ),
      );
    }
  });
});

function expectRun(article: string, cost: Listed["cost"]): void {
  const rows = rowsIn(article, "Phases in their order, and what was reported of each");
  const told =
    cost.by_phase.length === 0
      ? []
      : [...cost.by_phase.map((phase) => phase.cost_usd), cost.unattributed_to_phase_usd, cost.total_usd];
  expect(rows.map(amountOf)).toEqual(told.map(microsOrNull));
  if (cost.by_phase.length > 0)
    expect(sumOf(rows.slice(0, -1).map(amountOf))).toBe(microsOf(cost.total_usd ?? 0));
  expect(amountOf(rowIn(article, "What the run cost, by who says so", "The run"))).toBe(
    microsOrNull(cost.total_usd),
  );
}
