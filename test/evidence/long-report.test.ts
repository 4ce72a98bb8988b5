import { describe, expect, test } from "vitest";
import { loadData } from "../../bench/seed/load.js";
import { count, dollars, duration, percentage } from "../../src/evidence/figures.js";
import { recordEvents } from "../client/documents.js";
import type { EventInput } from "../client/gql/graphql.js";
import { after, second } from "../support/clock.js";
import { startTestServer } from "../support/server.js";
import { amountOf, articlesOf, factIn, rowsIn, textOf } from "./page.reader.js";

const now = "2026-02-23T12:00:00Z";
const server = await startTestServer({ clock: now });

const startedAt = "2026-02-23T11:00:00Z";
const later = (seconds: number) => after(startedAt, seconds * second);

async function pageOf(query: string): Promise<string> {
  const { body, status } = await server.get<string>(`/report.html?${query}`);
  expect(status, body).toBe(200);
  return body;
}

const givenMuch = () =>
  loadData(server.database.store, { executions: 1_100, callsDays: 60, seed: 1, until: new Date(now) });

/** Figures of a summary, how each is asked for, and how the page spells what the answer is. */
const summary: readonly (readonly [name: string, measure: string, spelled: (value: number) => string])[] = [
  ["Runs", "{measure: COUNT}", count],
  ["Completed", "{measure: COMPLETED_COUNT}", count],
  ["Completed", "{measure: SUCCESS_RATE}", (rate) => `${percentage(rate)} of all runs`],
  ["Completed", "{measure: SETTLED_SUCCESS_RATE}", (rate) => `${percentage(rate)} of those that ended`],
  ["Passed at the first try", "{measure: FIRST_PASS_COUNT}", count],
  ["Passed at the first try", "{measure: FIRST_PASS_RATE}", percentage],
  [
    "Passed at the first try",
    "{measure: REWORK_CYCLES, aggregate: SUM}",
    (sum) => `${count(sum)} rework cycles`,
  ],
  ["Duration of a completed run", "{measure: COMPLETED_DURATION_SECONDS, aggregate: AVERAGE}", duration],
  ["Duration of a completed run", "{measure: COMPLETED_DURATION_SECONDS, aggregate: P95}", duration],
  ["Tests written", "{measure: TESTS_WRITTEN, aggregate: SUM}", count],
  ["Tests written", "{measure: TESTS_PASSING, aggregate: SUM}", (sum) => `${count(sum)} passing`],
  ["Bugs fixed", "{measure: BUG_FIXES, aggregate: SUM}", count],
  ["Bugs fixed", "{measure: AUTONOMOUS_BUG_FIXES, aggregate: SUM}", (sum) => `${count(sum)} without a human`],
  ["LLM cost", "{measure: COST_USD, aggregate: SUM}", dollars],
  ["LLM cost", "{measure: COST_COVERAGE}", percentage],
  ["Cost per completed run", "{measure: COST_PER_COMPLETED_USD}", dollars],
  ["Files", "{measure: FILES_TOUCHED, aggregate: SUM}", count],
];

describe("much of everything", () => {
  test("is summed up in the figures that a metrics query gives", async () => {
    await givenMuch();
    const runs = `filter: {execution: {wpId: "WP-1", startedTo: "${now}"}}`;
    const measures = summary.map(([, measure]) => measure).join(", ");
    const question = `{ metrics(of: EXECUTIONS, measures: [${measures}], ${runs}) { totals } }`;
    const { data } = (await server.graphql<{ metrics: { totals: number[] } }>(question)).body;

    const page = await pageOf("wp_id=WP-1");

    for (const [index, [name, , spelled]] of summary.entries())
      expect(factIn(page, name), name).toContain(spelled(data.metrics.totals[index] ?? Number.NaN));
  });

  test("of more runs than are told in full, the others are in every sum, and one report leads to the next", async () => {
    await givenMuch();
    const question = `{ metrics(of: EXECUTIONS, measures: [{measure: COUNT}, {measure: COST_USD, aggregate: SUM}, {measure: TESTS_WRITTEN, aggregate: SUM}, {measure: BUG_FIXES, aggregate: SUM}], filter: {execution: {startedTo: "${now}"}}) { totals } }`;
    const { data } = (await server.graphql<{ metrics: { totals: number[] } }>(question)).body;
    const [runs = 0, cost = 0, tests = 0, fixes = 0] = data.metrics.totals;

    const page = await pageOf(`to=${now}`);

    const [listed, others, all] = rowsIn(page, "Runs in the order they started").slice(-3);
    expect(all?.[0]).toBe("All runs");
    expect(all?.slice(-3, -1)).toEqual([tests, fixes].map((number) => number.toLocaleString("en-US")));
    expect(amountOf(all ?? [])).toBe(BigInt(Math.round(cost * 1e6)));
    expect([listed?.[0], others?.[0]]).toEqual(["These 500 runs", `${runs - 500} other runs`]);
    expect((amountOf(listed ?? []) ?? 0n) + (amountOf(others ?? []) ?? 0n)).toBe(amountOf(all ?? []));
    expect(articlesOf(page)).toHaveLength(500);
    const [, next = ""] = /<a href="\?([^"]*)">a report of its own/.exec(page) ?? [];
    const following = await pageOf(next.replaceAll("&amp;", "&"));
    expect(factIn(following, "Runs")).toContain(`${runs - 500} runs`);
  });

  test("a run with more than is told says how much more there is, and its sums are whole", async () => {
    const id = "7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a11";
    const events: EventInput[] = [
      { startExecution: { id, wsId: "WS-1", executor: "human", startedAt } },
      {
        updateExecution: { id, fileMetrics: { created: Array.from({ length: 203 }, (_, n) => `file-${n}`) } },
      },
      ...Array.from(
        { length: 103 },
        (_, n): EventInput => ({
          recordPhase: { executionId: id, name: "IMPLEMENT", startedAt: later(n), completedAt: later(n + 1) },
        }),
      ),
      ...[0, 100, 102].map(
        (n): EventInput => ({
          recordLlmCall: {
            sourceKey: `call-${n}`,
            executionId: id,
            model: "a",
            startedAt: later(n),
            costUsd: 0.5,
          },
        }),
      ),
      ...Array.from(
        { length: 101 },
        (_, n): EventInput => ({
          recordBugFix: {
            ...{ executionId: id, description: `Bug ${n}`, rootCause: "", testName: "a", fixSummary: "b" },
            autonomous: false,
          },
        }),
      ),
    ];
    const { body } = await server.graphql(recordEvents, { events });
    expect(body.data.recordEvents.filter(({ error }) => error !== null)).toEqual([]);

    const [article = ""] = articlesOf(await pageOf("ws_id=WS-1"));

    const rows = rowsIn(article, "Phases in their order, and what was reported of each");
    expect(rows).toHaveLength(103);
    expect(rows[100]).toEqual(["3 more phases", "–", "3 s", "–", "–", "–", "$1.000000"]);
    expect(rows[102]?.at(-1)).toBe("$1.500000");
    const text = textOf(article);
    expect(text).toContain("203 files created");
    expect(text).toContain("and 3 more, in the exports");
    expect(text).toContain("1 more bug fix of this run");
    expect(factIn(article, "Root cause")).toBe("not told");
  });
});
