import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  breakdownScreen,
  type CostSummary,
  reportScreen,
  runsScreen,
} from "../../../src/cli/screen/report.screen.js";
import { runScreen } from "../../../src/cli/screen/run.screen.js";
import { runSummary } from "../../../src/cli/screen/run-summary.js";
import { scoreboardScreen, trendLines } from "../../../src/screen/scoreboard.screen.js";
import type { Screen } from "../../../src/screen/screen.js";
import { painter, widthOf } from "../../../src/screen/text.js";
import {
  comparisons,
  costSummaries,
  dashboards,
  listedRuns,
  scoreboards,
  shownRuns,
  trends,
  widths,
} from "./shown.arbitrary.js";

/** Every run draws a whole screen. */
const effort = { numRuns: 40 };

const plain = (columns: number): Screen => ({ columns, paint: painter(false) });
const painted = (columns: number): Screen => ({ columns, paint: painter(true) });

const screens: Readonly<Record<string, fc.Arbitrary<(screen: Screen) => string>>> = {
  scoreboard: fc.tuple(scoreboards, trends).map(([board, trend]) => (screen) => {
    return scoreboardScreen(board, trend, screen);
  }),
  "scoreboard beside the window before": fc
    .tuple(scoreboards, comparisons, trends)
    .map(([board, comparison, trend]) => (screen) => {
      return scoreboardScreen({ ...board, ...comparison }, trend, screen);
    }),
  report: fc.tuple(dashboards, costSummaries).map(([dashboard, summary]) => (screen) => {
    return reportScreen(dashboard, summary, screen);
  }),
  breakdown: costSummaries.map((summary) => (screen) => breakdownScreen("ws", summary, screen)),
  runs: fc.array(listedRuns, { maxLength: 5 }).map((runs) => (screen) => runsScreen(runs, screen)),
  run: shownRuns.map((run) => (screen) => runScreen(run, screen)),
  "summary of a run": shownRuns.map((run) => (screen) => runSummary(run, screen)),
};

describe.each(Object.entries(screens))("the screen of a %s", (_name, drawings) => {
  test("has no line longer than its columns, whatever it shows", () => {
    fc.assert(
      fc.property(drawings, widths, (draw, columns) => {
        for (const line of draw(plain(columns)).split("\n"))
          expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }),
      effort,
    );
  });

  test("lets nothing through that steers a terminal", () => {
    fc.assert(
      fc.property(drawings, widths, (draw, columns) => {
        expect(draw(plain(columns))).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      effort,
    );
  });

  test("says the same with colours, and ends every one it begins in the same line", () => {
    fc.assert(
      fc.property(drawings, widths, (draw, columns) => {
        const lines = draw(painted(columns)).split("\n");

        expect(lines.map(stripVTControlCharacters).join("\n")).toBe(draw(plain(columns)));
        for (const line of lines) expect(styleAtEndOf(line)).toEqual([]);
      }),
      effort,
    );
  });
});

/** Codes of `styleText` that begin a style in a line, without as many that end one. */
function styleAtEndOf(line: string): readonly string[] {
  const codes = [...line.matchAll(/\p{Cc}\[(\d+)m/gu)].map(([, code = ""]) => code);
  const ends = ["22", "39"];
  const begun = codes.filter((code) => !ends.includes(code));
  return begun.slice(codes.length - begun.length);
}

describe("a breakdown", () => {
  const row = (key: string, costUsd: number) => ({ key, costUsd, callCount: 1, executionCount: 1 });
  const none = { byDocumentType: [], byDate: [], byModel: [], byPhase: [] };
  const summary: CostSummary = {
    ...{ from: "2026-02-01T00:00:00Z", to: "2026-03-01T00:00:00Z", asOf: "2026-03-01T00:00:00Z" },
    ...{ totalUsd: 4, unattributedUsd: 0, unpricedCallCount: 0, ...none },
    byWs: [row(`WS-${"x".repeat(190)}`, 3), row("WS-2", 1)],
  };

  test("shows what a thing cost, however long its name is", () => {
    expect(breakdownScreen("ws", summary, plain(60))).toMatchInlineSnapshot(`
      "ws                                               cost  share
      WS-xxxxxxxxxxxxxxxxxxxxxxxxx…  ███████████████  $3.00    75%
      WS-2                           █████            $1.00    25%
      total                                           $4.00   100%"
    `);
    expect(breakdownScreen("ws", summary, plain(40))).toMatchInlineSnapshot(`
      "ws                           cost  share
      WS-xxxxxxxxxxxxxxxxxxxxxx…  $3.00    75%
      WS-2                        $1.00    25%
      total                       $4.00   100%"
    `);
  });

  test("ends with a row that is the sum of those above it", () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(amounts, widths, (costs, columns) => {
        const totalUsd = costs.reduce((total, cost) => total + cost, 0);
        const byWs = costs.map((cost, index) => row(`WS-${index}`, cost));
        const screen = breakdownScreen("ws", { ...summary, totalUsd, byWs }, plain(columns));

        const shown = [...screen.matchAll(/\$([\d,.]+)/g)].map(([, text = ""]) =>
          Number(text.replaceAll(",", "")),
        );
        expect(shown.slice(0, -1).reduce((total, cost) => total + cost, 0)).toBe(shown.at(-1));
      }),
      effort,
    );
  });
});

test("the trend is labelled with days of the time zone it was asked in", () => {
  const point = { completedCount: 1, llmCostUsd: 1, costPerWsUsd: 1 };
  const trend = [
    { start: "2026-11-20T11:00:00.000Z", end: "2026-11-21T11:00:00.000Z", ...point },
    { start: "2026-11-21T11:00:00.000Z", end: "2026-11-22T11:00:00.000Z", ...point },
  ];
  const label = (timeZone?: string) => trendLines(trend, plain(80), timeZone)[0];

  expect(label("Pacific/Auckland")).toMatch(/2026-11-21 to 2026-11-23$/);
  expect(label()).toMatch(/2026-11-20 to 2026-11-22$/);
  expect(label("a zone that only the server knows")).toMatch(/2026-11-20 to 2026-11-22$/);
});
