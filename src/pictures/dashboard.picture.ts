import { knownCost } from "../domain/known-cost.js";
import type { Dashboard } from "../domain/report.js";
import { count, dollars, duration, mean, minute } from "../screen/figures.js";
import type { Picture } from "./svg.js";
import {
  type Figure,
  heading,
  inWords,
  line,
  margin,
  pictureWidth,
  room,
  smallSample,
  tileHeight,
  tiles,
} from "./text.js";
import { trendChart, trendInWords, trendLegend } from "./trend.chart.js";

const tilesTop = 104;
const legendTop = tilesTop + 2 * tileHeight - 2;
const chartTop = legendTop + 26;
const height = 528;
const nothing = "No run that started in this range is completed.";

/** The figures of a period, and how many Work Statements it completed at what cost each, by time. */
export function dashboardPicture(dashboard: Dashboard): Picture {
  const { interval, timeZone, trend, completedCount, isSmallSample } = dashboard;
  const figures = figuresOf(dashboard);
  const period = `${minute(dashboard.from.toISOString())} to ${minute(dashboard.to.toISOString())} UTC`;
  const range = `${period}, by ${interval} in ${timeZone}`;
  const isEmpty = completedCount === 0;
  const notes = isEmpty ? [nothing] : isSmallSample ? [smallSample] : [];
  return {
    size: { width: pictureWidth, height: isEmpty ? chartTop + margin : height + 28 * notes.length },
    title: `Dashboard of ${period}`,
    description: [
      `${range}.`,
      `${inWords(figures)}.`,
      ...(isEmpty ? [] : [trendInWords(trend, interval)]),
      ...notes,
    ].join(" "),
    drawing: (colours) => ({
      graphic: {
        elements: [
          ...heading("Dashboard", range, colours),
          ...tiles(figures, { top: tilesTop, across: 4 }, colours),
          ...(isEmpty ? [] : trendLegend(trend, legendTop, colours)),
          ...notes.map((note) =>
            line(
              note,
              { x: margin, y: isEmpty ? legendTop : height, width: room },
              { size: isEmpty ? 18 : 15, fill: colours.quiet },
            ),
          ),
        ],
      },
      ...(isEmpty ? {} : trendChart(trend, { top: chartTop, bottom: height, timeZone }, colours)),
    }),
  };
}

function figuresOf(dashboard: Dashboard): readonly Figure[] {
  const { llmCostUsd, costPerWsUsd } = dashboard;
  return [
    { name: "WS completed", value: count(dashboard.completedCount) },
    { name: "average duration", value: duration(dashboard.averageDurationSeconds) },
    { name: "average rework", value: mean(dashboard.averageReworkCycles) },
    { name: "tests written", value: count(dashboard.testsWritten) },
    { name: "autonomous fixes", value: count(dashboard.autonomousBugFixCount) },
    { name: "LLM cost", value: dollars(knownCost(llmCostUsd, costPerWsUsd)) },
    { name: "cost per WS", value: dollars(costPerWsUsd) },
  ];
}
