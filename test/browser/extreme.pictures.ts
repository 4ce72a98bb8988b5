import type { Dashboard, Scoreboard } from "../../src/domain/report.js";
import { dashboardPicture } from "../../src/pictures/dashboard.picture.js";
import { scoreboardPicture } from "../../src/pictures/scoreboard.picture.js";
import { svgOf } from "../../src/pictures/svg.js";
import { intervals, statuses, windows } from "../../src/vocabulary.js";

const from = new Date("2016-01-01T00:00:00Z");
const to = new Date("2026-03-01T00:00:00Z");
const dayMs = 86_400_000;
const many = Number.MAX_SAFE_INTEGER;
const longestZone = "America/Argentina/ComodRivadavia";

const scoreboard = (facts: Partial<Scoreboard> = {}): Scoreboard => ({
  ...{ window: "90d", from, to, asOf: to, totalRuns: 3, completedRuns: 1, isSmallSample: true },
  ...{ successRate: 1 / 3, settledSuccessRate: 1 / 2, firstPassVerifyRate: 1 },
  ...{ averageDurationSeconds: 600, p95DurationSeconds: 600, llmCostUsd: 0.000001 },
  ...{ costPerCompletedWsUsd: 0.000001, autonomousBugFixCount: 0 },
  ...{ successRateInterval: null, settledSuccessRateInterval: null, firstPassVerifyRateInterval: null },
  runsByStatus: statuses.map((status, index) => ({ status, count: index < 3 ? 1 : 0 })),
  ...facts,
});

const point = (index: number, completedCount: number, costPerWsUsd: number | null) => {
  const start = new Date(from.getTime() + index * dayMs);
  const end = new Date(start.getTime() + dayMs);
  return { start, end, completedCount, costPerWsUsd, llmCostUsd: completedCount * (costPerWsUsd ?? 0) };
};

const dashboard = (trend: Dashboard["trend"], facts: Partial<Dashboard> = {}): Dashboard => ({
  ...{ from, to, asOf: to, isSmallSample: true, completedCount: 3, averageDurationSeconds: 600 },
  ...{ testsWritten: 1, autonomousBugFixCount: 1, llmCostUsd: 1, averageReworkCycles: 1 / 3 },
  ...{ costPerWsUsd: 1 / 3, interval: "day", timeZone: longestZone },
  trend,
  ...facts,
});

const days = (length: number, cost: (index: number) => number | null) =>
  Array.from({ length }, (_, index) => point(index, index % 7, cost(index)));

const hugeRuns = { totalRuns: many, llmCostUsd: many, costPerCompletedWsUsd: many };
const hugeTimes = { averageDurationSeconds: many, p95DurationSeconds: many };

const scoreboards: Readonly<Record<string, Scoreboard>> = {
  "a scoreboard of three runs": scoreboard(),
  "a scoreboard of more than anybody has": scoreboard({
    ...{ ...hugeRuns, ...hugeTimes, autonomousBugFixCount: many, isSmallSample: false },
    runsByStatus: statuses.map((status) => ({ status, count: many / 5 })),
  }),
  "a scoreboard of runs whose cost is not known": scoreboard({ llmCostUsd: 0, costPerCompletedWsUsd: null }),
  ...Object.fromEntries(windows.map((window) => [`a scoreboard of ${window}`, scoreboard({ window })])),
};

const dashboards: Readonly<Record<string, Dashboard>> = {
  "a dashboard of one day": dashboard([point(0, 3, 1 / 3)]),
  "a dashboard of more than anybody has": dashboard(
    [point(0, many, many), point(1, many, null), point(2, 1, 0.000001)],
    { ...hugeTimes, completedCount: many, testsWritten: many, llmCostUsd: many, costPerWsUsd: many },
  ),
  "a dashboard of a tiny cost": dashboard(days(40, () => 0.000001)),
  "a dashboard of runs that cost nothing": dashboard(days(30, () => 0)),
  "a dashboard of runs whose cost is not known": dashboard(
    days(30, () => null),
    {
      ...{ llmCostUsd: 0, costPerWsUsd: null },
    },
  ),
  "a dashboard with gaps": dashboard(days(60, (index) => (index % 3 === 0 ? null : index))),
  "a dashboard of as many days as there may be": dashboard(days(3_700, (index) => index % 100)),
};

/** Pictures of what seldom comes together, by what they show. */
export async function extremePictures(): Promise<Readonly<Record<string, string>>> {
  const pictures = [
    ...Object.entries(scoreboards).map(([name, board]) => [name, scoreboardPicture(board)] as const),
    ...Object.entries(dashboards).map(([name, board], index) => {
      const interval = intervals[index % intervals.length] ?? "day";
      return [name, dashboardPicture({ ...board, interval })] as const;
    }),
  ];
  const drawn = pictures.map(async ([name, picture]) => [name, await svgOf(picture, "auto")] as const);
  return Object.fromEntries(await Promise.all(drawn));
}
