import { knownCost } from "../domain/known-cost.js";
import type { RunFigures, ScoreboardChange, StatusCount, TrendPoint } from "../domain/report.js";
import type { Interval, Window } from "../vocabulary.js";
import { bar, mean, sparkline, sum, type Together } from "./bars.js";
import { count, dayOf, dollars, duration, minute, percentage, unknown, went } from "./figures.js";
import type { Screen } from "./screen.js";
import { fitted, padded, widthOf } from "./text.js";

/** What is shown of a scoreboard; instants are RFC 3339, in UTC. */
export interface Scoreboard extends RunFigures {
  readonly window: Window;
  readonly asOf: string;
  readonly runsByStatus: readonly StatusCount[];
}

/** What is shown of a comparison as well, where somebody asked for one. */
export interface Comparison {
  /** Null where nothing comes before. */
  readonly change: Omit<ScoreboardChange, "completedRuns"> | null;
  readonly isSmallSample: boolean;
  readonly silentRuns: { readonly count: number };
}

interface ShownPoint extends Omit<TrendPoint, "start" | "end"> {
  readonly start: string;
  readonly end: string;
}
export type Trend = readonly ShownPoint[];

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

/** Windows as they are called in a sentence. */
export const windowNames: Readonly<Record<Window, string>> = {
  "24h": "the last 24 hours",
  "7d": "the last 7 days",
  "30d": "the last 30 days",
  "90d": "the last 90 days",
  all: "all time",
};

const dayMs = 86_400_000;
/** How far back the trend of all time goes. */
const trendDays = 365;

const barWidth = 30;
/** How many figures stand beside each other, and how far apart. */
const mostAcross = 3;
const besides = 4;
const trendNameWidth = 14;
const leastTrendWidth = 4;
const mostTrendWidth = 90;

/** The dashboard whose trend is shown below a scoreboard. */
export function trendQuestion(window: Window, from: string | null, to: string) {
  const interval: Interval = window === "all" ? "month" : window === "90d" ? "week" : "day";
  const start = from ?? new Date(Date.parse(to) - trendDays * dayMs).toISOString();
  return { from: start, to, interval, timeZone: "UTC" };
}

/** The figures of a window on one screen. */
export function scoreboardScreen(
  board: Scoreboard & Partial<Comparison>,
  trend: Trend,
  screen: Screen,
): string {
  const notes = notesOn(board);
  return [
    ...titleLines("Scoreboard", [windowNames[board.window], `as of ${minute(board.asOf)} UTC`], screen),
    "",
    ...figureLines(figuresOf(board, board.change), screen),
    ...(notes.length > 0 ? ["", ...notes] : []),
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

/** A difference of two percentages. */
const points = (fraction: number) => percentage(fraction).replace("%", "pp");

function figuresOf(board: Scoreboard, change?: Comparison["change"]): readonly Figure[] {
  const success = percentage(board.successRate) + went(change?.successRate, points);
  const settled = percentage(board.settledSuccessRate) + went(change?.settledSuccessRate, points);
  const firstPass = percentage(board.firstPassVerifyRate) + went(change?.firstPassVerifyRate, points);
  const average = duration(board.averageDurationSeconds) + went(change?.averageDurationSeconds, duration);
  const longest = duration(board.p95DurationSeconds) + went(change?.p95DurationSeconds, duration);
  const perWs = change?.costPerCompletedWsUsd.difference;
  return [
    { name: "runs", value: count(board.totalRuns) + went(change?.totalRuns.difference, count) },
    { name: "success rate", value: success },
    { name: "of settled runs", value: settled },
    { name: "first-pass verify", value: firstPass },
    { name: "average duration", value: average },
    { name: "p95 duration", value: longest },
    {
      name: "LLM cost",
      value:
        dollars(knownCost(board.llmCostUsd, board.costPerCompletedWsUsd)) +
        went(change?.llmCostUsd.difference, dollars),
    },
    { name: "per completed WS", value: dollars(board.costPerCompletedWsUsd) + went(perWs, dollars) },
    {
      name: "autonomous bug fixes",
      value: count(board.autonomousBugFixCount) + went(change?.autonomousBugFixCount.difference, count),
    },
  ];
}

/** What has to be known to read the figures rightly. */
function notesOn({ change, isSmallSample, silentRuns }: Partial<Comparison>): readonly string[] {
  const small = change?.isSmallSample && !isSmallSample ? "before" : "here";
  const silent = silentRuns?.count ?? 0;
  return [
    ...(change === null ? ["Nothing comes before all time."] : []),
    ...(change ? ["▲ ▼ since the window of the same length right before"] : []),
    ...(isSmallSample || change?.isSmallSample
      ? [`small sample: fewer than 30 completed runs ${small}, so averages and rates may be chance`]
      : []),
    ...(silent > 0 ? [`${count(silent)} in progress without a sign of life for more than 24 hours`] : []),
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
  const perWs = trend.map(({ costPerWsUsd }) => costPerWsUsd);
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
