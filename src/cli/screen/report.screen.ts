import type { CostSummaryQuery, DashboardQuery, ExecutionsQuery } from "../../client/client.js";
import { bar } from "../../screen/bars.js";
import { count, dollars, duration, mean, minute, percentage } from "../../screen/figures.js";
import { figureLines, titleLines, trendLines } from "../../screen/scoreboard.screen.js";
import type { Screen } from "../../screen/screen.js";
import { fitted } from "../../screen/text.js";
import { harmless } from "../harmless.js";
import { type Column, table } from "./table.js";

export type Dashboard = DashboardQuery["dashboard"];
export type CostSummary = CostSummaryQuery["costSummary"];
type CostRow = CostSummary["byPhase"][number];
export type ListedRun = ExecutionsQuery["executions"]["nodes"][number];

/** What costs can be broken down by, and where a cost summary has that. */
export const breakdowns = {
  phase: "byPhase",
  model: "byModel",
  ws: "byWs",
  day: "byDate",
  "document-type": "byDocumentType",
} as const satisfies Readonly<Record<string, keyof CostSummary>>;
export type Breakdown = keyof typeof breakdowns;

/** How many rows of a breakdown stand on the screen when others do as well. */
const rowsBeside = 8;

/** The figures of a range, and on what its cost was spent. */
export function reportScreen(
  dashboard: Dashboard,
  summary: CostSummary,
  screen: Screen,
  timeZone?: string,
): string {
  return [
    ...titleLines("Report", [`${minute(dashboard.from)} to ${minute(dashboard.to)} UTC`], screen),
    "",
    ...figureLines(figuresOf(dashboard, summary), screen),
    ...(dashboard.trend.length > 1 ? ["", ...trendLines(dashboard.trend, screen, timeZone)] : []),
    ...breakdownLines("phase", summary, screen, rowsBeside),
    ...breakdownLines("model", summary, screen, rowsBeside),
    ...breakdownLines("ws", summary, screen, rowsBeside),
  ]
    .map((line) => fitted(line, screen.columns))
    .join("\n");
}

/** One breakdown in full. */
export function breakdownScreen(by: Breakdown, summary: CostSummary, screen: Screen): string {
  return breakdownLines(by, summary, screen).slice(1).join("\n");
}

function figuresOf(dashboard: Dashboard, summary: CostSummary) {
  return [
    { name: "WS completed", value: count(dashboard.completedCount) },
    { name: "average duration", value: duration(dashboard.averageDurationSeconds) },
    { name: "average rework", value: mean(dashboard.averageReworkCycles) },
    { name: "tests written", value: count(dashboard.testsWritten) },
    { name: "autonomous bug fixes", value: count(dashboard.autonomousBugFixCount) },
    { name: "cost per WS", value: dollars(dashboard.costPerWsUsd) },
    { name: "spent", value: dollars(summary.totalUsd) },
    { name: "spent on no run", value: dollars(summary.unattributedUsd) },
    { name: "unpriced calls", value: count(summary.unpricedCallCount) },
  ];
}

function breakdownLines(
  by: Breakdown,
  summary: CostSummary,
  screen: Screen,
  most?: number,
): readonly string[] {
  const all = summary[breakdowns[by]];
  const rows = most !== undefined && all.length > most ? withRest(all, most) : all;
  if (rows.length === 0) return ["", `by ${by}: nothing was spent`];
  const dearest = Math.max(...all.map(({ costUsd }) => costUsd), 0);
  const total = {
    key: "total",
    costUsd: summary.totalUsd,
    callCount: sumOf(all, "callCount"),
    executionCount: null,
    isSum: true,
  };
  const columns: readonly Column<ShownCost>[] = [
    {
      title: screen.paint("bold", by),
      cell: ({ key }) => (key === null ? "none" : harmless(key)),
    },
    {
      title: "",
      cell: ({ costUsd, isSum }, width) => (isSum ? "" : bar(costUsd / dearest, width)),
      grows: true,
      from: 60,
    },
    { title: "cost", cell: ({ costUsd }) => dollars(costUsd), align: "right" },
    {
      title: "share",
      cell: ({ costUsd }) => percentage(summary.totalUsd > 0 ? costUsd / summary.totalUsd : null),
      align: "right",
    },
    { title: "calls", cell: ({ callCount }) => count(callCount), align: "right", from: 70 },
    {
      title: "runs",
      cell: ({ executionCount }) => (executionCount === null ? "" : count(executionCount)),
      align: "right",
      from: 80,
    },
  ];
  return ["", ...table<ShownCost>(columns, [...rows.map(shown), total], screen.columns)];
}

/** A row of a breakdown on the screen; a run that stands in several rows is not added up. */
interface ShownCost {
  readonly key: string | null;
  readonly costUsd: number;
  readonly callCount: number;
  readonly executionCount: number | null;
  /** It adds up rows, so its bar would say nothing beside theirs. */
  readonly isSum?: boolean;
}

const shown = (row: CostRow | ShownCost): ShownCost => ({ ...row, key: row.key ?? null });

const sumOf = (rows: readonly CostRow[], field: "costUsd" | "callCount") =>
  rows.reduce((sum, row) => sum + row[field], 0);

/** The dearest rows, and one for all others. */
function withRest(rows: readonly CostRow[], most: number): readonly (CostRow | ShownCost)[] {
  const rest = rows.slice(most);
  return [
    ...rows.slice(0, most),
    {
      key: `${rest.length} more`,
      costUsd: sumOf(rest, "costUsd"),
      callCount: sumOf(rest, "callCount"),
      executionCount: null,
      isSum: true,
    },
  ];
}

/** Runs, one in a line. */
export function runsScreen(runs: readonly ListedRun[], { columns }: Screen): string {
  return table<ListedRun>(
    [
      { title: "started", cell: ({ startedAt }) => minute(startedAt) },
      { title: "ws", cell: ({ wsId }) => harmless(wsId), grows: true },
      { title: "executor", cell: ({ executor }) => harmless(executor), from: 80 },
      { title: "status", cell: ({ status }) => status.toLowerCase(), from: 60 },
      { title: "time", cell: ({ durationSeconds }) => duration(durationSeconds), align: "right", from: 60 },
      { title: "rework", cell: ({ reworkCycles }) => count(reworkCycles), align: "right", from: 90 },
      { title: "cost", cell: ({ cost }) => dollars(cost.totalUsd), align: "right" },
      { title: "id", cell: ({ id }) => id, from: 130 },
    ],
    runs,
    columns,
  ).join("\n");
}
