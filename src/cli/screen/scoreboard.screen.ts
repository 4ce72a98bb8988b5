import type { DashboardQuery, ScoreboardQuery } from "../../client/client.js";
import { bar, mean, sparkline, sum, type Together } from "./bars.js";
import { count, dayOf, dollars, duration, minute, percentage, unknown } from "./figures.js";
import type { Screen } from "./screen.js";
import { fitted, padded, widthOf } from "./text.js";

export type Scoreboard = ScoreboardQuery["scoreboard"];
export type Trend = DashboardQuery["dashboard"]["trend"];

/** A figure and what it is. */
interface Figure {
  readonly name: string;
  readonly value: string;
}

/** A row of the trend: its values by time, and what they come to. */
interface TrendLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly figure: string;
  /** How neighbours are put together where there is no room for all; they are added up unless it says otherwise. */
  readonly together?: Together;
}

const windowNames: Readonly<Record<Scoreboard["window"], string>> = {
  LAST_24H: "the last 24 hours",
  LAST_7D: "the last 7 days",
  LAST_30D: "the last 30 days",
  LAST_90D: "the last 90 days",
  ALL: "all time",
};

const barWidth = 30;
/** How many figures stand beside each other, and how far apart. */
const mostAcross = 3;
const besides = 4;
const trendNameWidth = 14;
const leastTrendWidth = 4;
const mostTrendWidth = 90;

/** The figures of a window on one screen. */
export function scoreboardScreen(board: Scoreboard, trend: Trend, screen: Screen): string {
  return [
    ...titleLines("Scoreboard", [windowNames[board.window], `as of ${minute(board.asOf)} UTC`], screen),
    "",
    ...figureLines(figuresOf(board), screen),
    "",
    ...statusLines(board, screen),
    ...(trend.length > 1 ? ["", ...trendLines(trend, screen)] : []),
  ]
    .map((line) => fitted(line, screen.columns))
    .join("\n");
}

/** What a screen is of, in one line where there is room, else in several. */
export function titleLines(
  name: string,
  parts: readonly string[],
  { columns, paint }: Screen,
): readonly string[] {
  const inOne = `${paint("bold", name)}  ${parts.join(", ")}`;
  return widthOf(inOne) <= columns ? [inOne] : [paint("bold", name), ...parts];
}

function figuresOf(board: Scoreboard): readonly Figure[] {
  return [
    { name: "runs", value: count(board.totalRuns) },
    { name: "success rate", value: percentage(board.successRate) },
    { name: "of settled runs", value: percentage(board.settledSuccessRate) },
    { name: "first-pass verify", value: percentage(board.firstPassVerifyRate) },
    { name: "average duration", value: duration(board.averageDurationSeconds) },
    { name: "p95 duration", value: duration(board.p95DurationSeconds) },
    { name: "LLM cost", value: dollars(board.llmCostUsd) },
    { name: "per completed WS", value: dollars(board.costPerCompletedWsUsd) },
    { name: "autonomous bug fixes", value: count(board.autonomousBugFixCount) },
  ];
}

/** Figures beside each other where there is room, else below each other. */
export function figureLines(figures: readonly Figure[], { columns, paint }: Screen): readonly string[] {
  const width = Math.max(...figures.map(({ name, value }) => name.length + value.length)) + 2;
  const across = Math.min(mostAcross, Math.max(1, Math.floor((columns + besides) / (width + besides))));
  const rows = Math.ceil(figures.length / across);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: across }, (__, column) => figures[column * rows + row])
      .filter((figure) => figure !== undefined)
      .map(({ name, value }) => ({
        name,
        value,
        gap: " ".repeat(width - name.length - value.length),
      }))
      .map(({ name, value, gap }) => `${name}${gap}${paint("bold", value)}`)
      .join(" ".repeat(besides)),
  );
}

const statusColours = {
  COMPLETED: "green",
  STARTED: "cyan",
  BLOCKED: "yellow",
  FAILED: "red",
  HARD_STOP: "red",
} as const;

function statusLines({ runsByStatus, totalRuns }: Scoreboard, { columns, paint }: Screen): readonly string[] {
  const width = Math.min(barWidth, Math.max(4, columns - 30));
  return runsByStatus.map(({ status, count: runs }) => {
    const share = totalRuns > 0 ? runs / totalRuns : 0;
    const drawn = padded(bar(share, width), width);
    const portion = totalRuns > 0 ? percentage(share) : unknown;
    const line = `${padded(status.toLowerCase(), 10)} ${paint(statusColours[status], drawn)} ${padded(count(runs), 8, "right")}`;
    return columns >= 60 ? `${line}  ${padded(portion, 6, "right")}` : line;
  });
}

/** Cost and completed Work Statements by time, each as a line of columns; days are those of `timeZone`. */
export function trendLines(trend: Trend, { columns, paint }: Screen, timeZone = "UTC"): readonly string[] {
  const day = (instant: string | undefined) => (instant === undefined ? unknown : dayOf(instant, timeZone));
  const costs = trend.map(({ llmCostUsd }) => llmCostUsd);
  const completed = trend.map(({ completedCount }) => completedCount);
  const perWs = trend.map(({ costPerWsUsd }) => costPerWsUsd ?? null);
  const allCompleted = sum(completed);
  const lines: readonly TrendLine[] = [
    { name: "completed", values: completed, figure: count(allCompleted) },
    { name: "cost", values: costs, figure: dollars(sum(costs)) },
    {
      name: "cost per WS",
      values: perWs,
      figure: dollars(allCompleted > 0 ? sum(costs) / allCompleted : null),
      together: mean,
    },
  ];
  const left = columns - trendNameWidth - Math.max(...lines.map(({ figure }) => figure.length)) - 3;
  const width = Math.max(leastTrendWidth, Math.min(left, mostTrendWidth));
  return [
    `${padded("trend", trendNameWidth)} ${day(trend[0]?.start)} to ${day(trend.at(-1)?.end)}`,
    ...lines.map(({ name, values, figure, together }) => {
      const drawn = paint("cyan", sparkline(values, width, together));
      return `${padded(name, trendNameWidth)} ${drawn}  ${figure}`;
    }),
  ];
}
