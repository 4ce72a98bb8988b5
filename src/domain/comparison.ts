import { changeOf, costChangeOf, differenceOf } from "./change.js";
import type {
  Certainty,
  DashboardChange,
  PeriodFigures,
  Range,
  RunFigures,
  Sampled,
  ScoreboardChange,
} from "./report.js";
import { isSmallSample } from "./small-sample.js";
import { wilsonInterval } from "./wilson-interval.js";

/** The first instant that a time can name. */
export const firstInstant = new Date("0001-01-01T00:00:00Z");

/** The range of the same length right before another; null where that has no lower bound, or would go before year 1. */
export function rangeBefore({ from, to }: Range): { readonly from: Date; readonly to: Date } | null {
  if (from === null) return null;
  const start = new Date(2 * from.getTime() - to.getTime());
  return start < firstInstant ? null : { from: start, to: from };
}

/**
 * How far figures can be relied on. Averages and the rate of first passes are of completed runs, of which there are the
 * fewest, so those decide whether it is a small sample.
 */
export const certaintyOf = (
  { totalRuns, completedRuns, successRate, settledSuccessRate, firstPassVerifyRate }: RunFigures,
  settledRuns: number,
): Certainty => ({
  isSmallSample: isSmallSample(completedRuns),
  successRateInterval: wilsonInterval(successRate, totalRuns),
  settledSuccessRateInterval: wilsonInterval(settledSuccessRate, settledRuns),
  firstPassVerifyRateInterval: wilsonInterval(firstPassVerifyRate, completedRuns),
});

/** How the figures of a scoreboard went; it is of a small sample as soon as one of the two is. */
export const scoreboardChange = (
  current: RunFigures & Sampled,
  previous: RunFigures & Sampled,
): ScoreboardChange => ({
  totalRuns: changeOf(current.totalRuns, previous.totalRuns),
  completedRuns: changeOf(current.completedRuns, previous.completedRuns),
  successRate: differenceOf(current.successRate, previous.successRate),
  settledSuccessRate: differenceOf(current.settledSuccessRate, previous.settledSuccessRate),
  averageDurationSeconds: differenceOf(current.averageDurationSeconds, previous.averageDurationSeconds),
  p95DurationSeconds: differenceOf(current.p95DurationSeconds, previous.p95DurationSeconds),
  firstPassVerifyRate: differenceOf(current.firstPassVerifyRate, previous.firstPassVerifyRate),
  llmCostUsd: costChangeOf(current.llmCostUsd, previous.llmCostUsd),
  costPerCompletedWsUsd: costChangeOf(current.costPerCompletedWsUsd, previous.costPerCompletedWsUsd),
  autonomousBugFixCount: changeOf(current.autonomousBugFixCount, previous.autonomousBugFixCount),
  isSmallSample: current.isSmallSample || previous.isSmallSample,
});

/** How the figures of a dashboard went; it is of a small sample as soon as one of the two is. */
export const dashboardChange = (
  current: PeriodFigures & Sampled,
  previous: PeriodFigures & Sampled,
): DashboardChange => ({
  completedCount: changeOf(current.completedCount, previous.completedCount),
  averageDurationSeconds: differenceOf(current.averageDurationSeconds, previous.averageDurationSeconds),
  testsWritten: changeOf(current.testsWritten, previous.testsWritten),
  autonomousBugFixCount: changeOf(current.autonomousBugFixCount, previous.autonomousBugFixCount),
  llmCostUsd: costChangeOf(current.llmCostUsd, previous.llmCostUsd),
  averageReworkCycles: differenceOf(current.averageReworkCycles, previous.averageReworkCycles),
  costPerWsUsd: costChangeOf(current.costPerWsUsd, previous.costPerWsUsd),
  isSmallSample: current.isSmallSample || previous.isSmallSample,
});
