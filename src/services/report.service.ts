import type { CostSummary, Dashboard, Range, Scoreboard } from "../domain/report.js";
import { badUserInput } from "../errors.js";
import * as summaries from "../store/cost-summary.repository.js";
import * as dashboards from "../store/dashboard.repository.js";
import * as scoreboards from "../store/scoreboard.repository.js";
import { isTimeZone } from "../store/time-zone.repository.js";
import type { Interval, Window } from "../vocabulary.js";
import type { UnitOfWork } from "./unit-of-work.js";

const dayMs = 86_400_000;
const windowMs: Readonly<Record<Exclude<Window, "all">, number>> = {
  "24h": dayMs,
  "7d": 7 * dayMs,
  "30d": 30 * dayMs,
  "90d": 90 * dayMs,
};
const dashboardMs = 30 * dayMs;
/** The shortest a bucket can be. */
const bucketMs: Readonly<Record<Interval, number>> = { day: dayMs, week: 7 * dayMs, month: 28 * dayMs };

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
  const from = question.from ?? new Date(to.getTime() - dashboardMs);
  requireOrder({ from, to });
  requireBuckets(work, { from, to }, interval);
  await requireTimeZone(work, timeZone);
  return { ...(await dashboards.dashboard(work.db, { from, to, interval, timeZone })), asOf: work.now };
}

/** The figures of the runs that started in a window that ends now. */
export async function scoreboard(work: UnitOfWork, window: Window): Promise<Scoreboard> {
  const to = work.now;
  const from = window === "all" ? null : new Date(to.getTime() - windowMs[window]);
  return { window, ...(await scoreboards.scoreboard(work.db, { from, to })), asOf: work.now };
}

/**
 * What was spent in a range; without `from`, ever since.
 * @throws MetricsError `BAD_USER_INPUT` for an empty range or an unknown time zone
 */
export async function costSummary(work: UnitOfWork, question: ReportQuestion): Promise<CostSummary> {
  const range = { from: question.from ?? null, to: question.to ?? work.now };
  requireOrder(range);
  await requireTimeZone(work, question.timeZone);
  return { ...(await summaries.costSummary(work.db, range, question.timeZone)), asOf: work.now };
}

function requireOrder({ from, to }: Range): void {
  if (from !== null && from >= to)
    throw badUserInput([{ path: "from", message: `must be before \`to\`, which is ${to.toISOString()}` }]);
}

function requireBuckets(
  { limits }: UnitOfWork,
  { from, to }: { readonly from: Date; readonly to: Date },
  interval: Interval,
): void {
  if ((to.getTime() - from.getTime()) / bucketMs[interval] <= limits.trendBuckets) return;
  const message = `makes more than ${limits.trendBuckets} buckets of one ${interval}; ask for a shorter range or a longer interval`;
  throw badUserInput([{ path: "interval", message }]);
}

async function requireTimeZone({ db }: UnitOfWork, name: string): Promise<void> {
  if (await isTimeZone(db, name)) return;
  throw badUserInput([
    { path: "timeZone", message: "must be the name of a time zone, such as Europe/Berlin or UTC" },
  ]);
}
