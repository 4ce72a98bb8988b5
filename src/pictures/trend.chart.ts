import type { TrendPoint } from "../domain/report.js";
import { count, dayOf, dollars } from "../screen/figures.js";
import type { Interval } from "../vocabulary.js";
import { type Drawing, fontFamily } from "./drawing.js";
import { line, type Mark, margin, swatch } from "./text.js";
import type { Palette } from "./theme.js";

type Trend = readonly TrendPoint[];

/** How many days are named below the chart. */
const mostDays = 6;
/** Up to how many values are dots on their line. */
const mostDots = 40;
const labelSize = 14;

const briefly = { notation: "compact", maximumSignificantDigits: 3 } as const;
const shortCount = new Intl.NumberFormat("en-US", briefly);
const shortDollars = new Intl.NumberFormat("en-US", { ...briefly, style: "currency", currency: "USD" });

const costsOf = (trend: Trend) => trend.map(({ costPerWsUsd }) => costPerWsUsd).filter((usd) => usd !== null);

/** Completed Work Statements as bars, and the cost of each as a line that is broken where it is not known. */
export function trendChart(
  trend: Trend,
  { top, bottom, timeZone }: { readonly top: number; readonly bottom: number; readonly timeZone: string },
  colours: Palette,
): Drawing {
  const { quiet, line: rule } = colours;
  const days = Math.ceil(trend.length / mostDays);
  const axisLabel = { color: quiet, fontSize: labelSize, fontFamily };
  const axisLine = { lineStyle: { color: rule } };
  return {
    grid: { left: 76, right: 96, top, height: bottom - top - 48 },
    xAxis: {
      type: "category",
      data: trend.map(({ start }) => dayOf(start.toISOString(), timeZone)),
      axisLabel: { ...axisLabel, interval: days - 1, margin: 12 },
      axisTick: { show: false },
      axisLine,
    },
    yAxis: [
      {
        type: "value",
        minInterval: 1,
        splitNumber: 4,
        axisLabel: { ...axisLabel, formatter: (value: number) => shortCount.format(value) },
        splitLine: axisLine,
      },
      {
        type: "value",
        show: costsOf(trend).length > 0,
        min: 0,
        alignTicks: true,
        axisLabel: { ...axisLabel, formatter: (value: number) => shortDollars.format(value) },
        splitLine: { show: false },
      },
    ],
    series: [
      {
        type: "bar",
        barMaxWidth: 48,
        data: trend.map(({ completedCount }) => completedCount),
        itemStyle: { color: colours.bars },
      },
      {
        type: "line",
        yAxisIndex: 1,
        data: pointsOf(trend),
        symbol: "circle",
        symbolSize: 7,
        showAllSymbol: true,
        itemStyle: { color: colours.cost },
        lineStyle: { color: colours.cost, width: 2 },
      },
    ],
  };
}

/** A value between two unknown ones is on no line, and so a dot however many there are. */
const pointsOf = (trend: Trend) =>
  trend.map(({ costPerWsUsd: value }, index) => {
    const isAlone = [trend[index - 1], trend[index + 1]].every(
      (point) => (point?.costPerWsUsd ?? null) === null,
    );
    return { value: value ?? "-", ...(trend.length > mostDots && !isAlone && { symbol: "none" }) };
  });

/** What bars and line stand for, and which axis is theirs. */
export function trendLegend(trend: Trend, y: number, colours: Palette): readonly Mark[] {
  const costs = costsOf(trend).length > 0 ? "cost per WS (right)" : "cost per WS is not known";
  const right = margin + 240;
  const look = { size: 16, fill: colours.ink };
  return [
    swatch(margin, y, colours.bars),
    line("WS completed (left)", { x: margin + 20, y, width: 200 }, look),
    swatch(right, y, colours.cost, 4),
    line(costs, { x: right + 20, y, width: 300 }, look),
  ];
}

/** The least and the most of a trend, for who does not see it. */
export function trendInWords(trend: Trend, interval: Interval): string {
  const completed = trend.map(({ completedCount }) => completedCount);
  const costs = costsOf(trend);
  const gaps = trend.length - costs.length;
  const bounds = (values: readonly number[], spell: (value: number) => string) =>
    `${spell(values.reduce((least, value) => Math.min(least, value)))} to ${spell(values.reduce((most, value) => Math.max(most, value)))}`;
  return [
    `By ${interval}: ${bounds(completed, count)} WS completed;`,
    costs.length > 0 ? `cost per WS ${bounds(costs, dollars)},` : "cost per WS",
    `unknown in ${count(gaps)} of ${count(trend.length)}.`,
  ].join(" ");
}
