import { certaintyOf, firstInstant } from "../domain/comparison.js";
import type { Certainty, CostSummary, Dashboard, Scoreboard, WindowFigures } from "../domain/report.js";
import { isSmallSample } from "../domain/small-sample.js";
import type { FieldError } from "../errors.js";
import * as summaries from "../store/cost-summary.repository.js";
import * as dashboards from "../store/dashboard.repository.js";
import * as scoreboards from "../store/scoreboard.repository.js";
import { type Interval, isFinal, type Window } from "../vocabulary.js";
import { refuse, wrongOrder, wrongTimeZone } from "./report-range.js";
import type { UnitOfWork } from "./unit-of-work.js";

const dayMs = 86_400_000;
const windowMs: Readonly<Record<Exclude<Window, "all">, number>> = {
  "24h": dayMs,
  "7d": 7 * dayMs,
  "30d": 30 * dayMs,
  "90d": 90 * dayMs,
};
const dashboardMs = 30 * dayMs;
/** The longest a bucket can be, give or take a change of clocks. */
const longestMs: Readonly<Record<Interval, number>> = { day: dayMs, week: 7 * dayMs, month: 31 * dayMs };

export interface ReportQuestion {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly timeZone: string;
}

/**
 * The figures of a period; the last 30 days unless it says otherwise.
 * @throws MetricsError `BAD_USER_INPUT` for an empty range, an unknown time zone, or too many buckets
 */
export async function dashboard(
  work: UnitOfWork,
  question: ReportQuestion & { readonly interval: Interval },
): Promise<Dashboard> {
  const { interval, timeZone } = question;
  const to = question.to ?? work.now;
  const from = question.from ?? new Date(Math.max(to.getTime() - dashboardMs, firstInstant.getTime()));
  const { trendBuckets } = work.limits;
  const isTooLong = (to.getTime() - from.getTime()) / longestMs[interval] > trendBuckets + 1;
  refuse([
    ...wrongOrder({ from, to }),
    ...(isTooLong ? [tooManyBuckets(trendBuckets, interval)] : []),
    ...(await wrongTimeZone(work, timeZone)),
  ]);
  const figures = await dashboards.dashboard(work.db, { from, to, interval, timeZone });
  refuse(figures.trend.length > trendBuckets ? [tooManyBuckets(trendBuckets, interval)] : []);
  return {
    ...figures,
    interval,
    timeZone,
    asOf: work.now,
    isSmallSample: isSmallSample(figures.completedCount),
  };
}

/** The figures of the runs that started in a window that ends now. */
export async function scoreboard({ db, now }: UnitOfWork, window: Window): Promise<Scoreboard> {
  const from = window === "all" ? null : new Date(now.getTime() - windowMs[window]);
  return { window, ...withCertainty(await scoreboards.scoreboard(db, { from, to: now })), asOf: now };
}

/** The figures of a window, and how far they can be relied on. */
export function withCertainty(figures: WindowFigures): WindowFigures & Certainty {
  const settled = figures.runsByStatus.filter(({ status }) => isFinal(status));
  const settledRuns = settled.reduce((sum, { count }) => sum + count, 0);
  return { ...figures, ...certaintyOf(figures, settledRuns) };
}

/**
 * What was spent in a range; without `from`, ever since.
 * @throws MetricsError `BAD_USER_INPUT` for an empty range or an unknown time zone
 */
export async function costSummary(work: UnitOfWork, question: ReportQuestion): Promise<CostSummary> {
  const range = { from: question.from ?? null, to: question.to ?? work.now };
  refuse([...wrongOrder(range), ...(await wrongTimeZone(work, question.timeZone))]);
  return { ...(await summaries.costSummary(work.db, range, question.timeZone)), asOf: work.now };
}

function tooManyBuckets(limit: number, interval: Interval): FieldError {
  const message = `makes more than ${limit} buckets of one ${interval}; ask for a shorter range or a longer interval`;
  return { path: "interval", message };
}
