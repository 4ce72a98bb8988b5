import { knownCost } from "../domain/known-cost.js";
import type { Scoreboard, StatusCount } from "../domain/report.js";
import { count, dollars, duration, minute, percentage } from "../screen/figures.js";
import { windowNames } from "../screen/scoreboard.screen.js";
import type { Status } from "../vocabulary.js";
import type { Drawing } from "./drawing.js";
import type { Picture } from "./svg.js";
import {
  type Figure,
  heading,
  inWords,
  line,
  type Mark,
  margin,
  pictureWidth,
  room,
  smallSample,
  swatch,
  tiles,
} from "./text.js";
import type { Palette } from "./theme.js";

const barTop = 330;
const barHeight = 26;
const legendTop = 382;
const noteTop = 440;

/** The figures of a window, and its runs by status. */
export function scoreboardPicture(board: Scoreboard): Picture {
  const figures = figuresOf(board);
  const range = rangeOf(board);
  const isEmpty = board.totalRuns === 0;
  const nothing = `No runs started in ${windowNames[board.window]}.`;
  const notes = isEmpty || !board.isSmallSample ? [] : [smallSample];
  const statuses = board.runsByStatus.map(({ status, count: runs }) => ({
    name: wordsOf[status],
    value: count(runs),
  }));
  const facts = isEmpty
    ? [nothing, `${inWords(figures)}.`]
    : [`${inWords(figures)}.`, `Runs by status: ${inWords(statuses)}.`, ...notes];
  return {
    size: { width: pictureWidth, height: notes.length > 0 ? noteTop + margin : noteTop - 8 },
    title: `Scoreboard of ${windowNames[board.window]}`,
    description: [`${range}.`, ...facts].join(" "),
    drawing: (colours) => ({
      graphic: {
        elements: [
          ...heading("Scoreboard", range, colours),
          ...tiles(figures, { top: 104, across: 3 }, colours),
          ...(isEmpty
            ? [line(nothing, { x: margin, y: barTop + 30, width: room }, { size: 18, fill: colours.quiet })]
            : legend(board, colours)),
          ...notes.map((note) =>
            line(note, { x: margin, y: noteTop, width: room }, { size: 15, fill: colours.quiet }),
          ),
        ],
      },
      ...(isEmpty ? {} : bars(board, colours)),
    }),
  };
}

function rangeOf({ window, from, to }: Scoreboard): string {
  const end = `${minute(to.toISOString())} UTC`;
  return from === null
    ? `${windowNames[window]}, until ${end}`
    : `${windowNames[window]}: ${minute(from.toISOString())} to ${end}`;
}

function figuresOf(board: Scoreboard): readonly Figure[] {
  const { llmCostUsd, costPerCompletedWsUsd } = board;
  return [
    { name: "runs", value: count(board.totalRuns) },
    { name: "success rate", value: percentage(board.successRate) },
    { name: "success of settled runs", value: percentage(board.settledSuccessRate) },
    { name: "first-pass verify", value: percentage(board.firstPassVerifyRate) },
    { name: "average duration", value: duration(board.averageDurationSeconds) },
    { name: "p95 duration", value: duration(board.p95DurationSeconds) },
    { name: "LLM cost", value: dollars(knownCost(llmCostUsd, costPerCompletedWsUsd)) },
    { name: "cost per completed WS", value: dollars(costPerCompletedWsUsd) },
    { name: "autonomous bug fixes", value: count(board.autonomousBugFixCount) },
  ];
}

const colourOf = {
  COMPLETED: "completed",
  STARTED: "started",
  BLOCKED: "blocked",
  FAILED: "failed",
  HARD_STOP: "stopped",
} as const satisfies Readonly<Record<Status, keyof Palette>>;

const wordsOf: Readonly<Record<Status, string>> = {
  COMPLETED: "completed",
  STARTED: "started",
  BLOCKED: "blocked",
  FAILED: "failed",
  HARD_STOP: "hard stop",
};

/** One bar of all runs, each status its share of it. */
function bars({ runsByStatus, totalRuns }: Scoreboard, colours: Palette): Drawing {
  return {
    grid: { left: margin, right: margin, top: barTop, height: barHeight },
    xAxis: { type: "value", show: false, min: 0, max: totalRuns },
    yAxis: { type: "category", show: false, data: [""] },
    series: runsByStatus
      .filter(({ count: runs }) => runs > 0)
      .map(({ status, count: runs }) => ({
        type: "bar",
        stack: "runs",
        barWidth: barHeight,
        data: [runs],
        itemStyle: { color: colours[colourOf[status]], borderColor: colours.page, borderWidth: 1 },
      })),
  };
}

/** What each colour of the bar stands for, in its order. */
function legend({ runsByStatus, totalRuns }: Scoreboard, colours: Palette): readonly Mark[] {
  const each = Math.floor(room / runsByStatus.length);
  return runsByStatus.flatMap(({ status, count: runs }: StatusCount, index) => {
    const x = margin + index * each;
    const width = each - 28;
    const share = `${count(runs)} · ${percentage(runs / totalRuns)}`;
    return [
      swatch(x, legendTop, colours[colourOf[status]]),
      line(wordsOf[status], { x: x + 20, y: legendTop, width }, { size: 16, fill: colours.ink }),
      line(share, { x: x + 20, y: legendTop + 24, width }, { size: 15, fill: colours.quiet }),
    ];
  });
}
