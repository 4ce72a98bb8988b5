import { certaintyOf, dashboardChange, rangeBefore, scoreboardChange } from "../domain/comparison.js";
import type {
  Compared,
  Dashboard,
  DashboardChange,
  FiguresRow,
  PreviousPeriod,
  PreviousWindow,
  Range,
  RunDimension,
  Scoreboard,
  ScoreboardChange,
  SilentRuns,
} from "../domain/report.js";
import { isSmallSample } from "../domain/small-sample.js";
import * as dashboards from "../store/dashboard.repository.js";
import * as groups from "../store/run-groups.repository.js";
import * as scoreboards from "../store/scoreboard.repository.js";
import * as signs from "../store/sign-of-life.repository.js";
import type { Interval, Window } from "../vocabulary.js";
import { dashboard, type ReportQuestion, scoreboard, withCertainty } from "./report.service.js";
import type { UnitOfWork } from "./unit-of-work.js";

const hourMs = 3_600_000;
/** How many of the silent runs are named. */
const namedSilentRuns = 10;

/** The figures of the window of the same length right before another; null where there is none. */
export async function previousWindow({ db }: UnitOfWork, range: Range): Promise<PreviousWindow | null> {
  const before = rangeBefore(range);
  if (before === null) return null;
  return { ...withCertainty(await scoreboards.scoreboard(db, before)), ...before };
}

/** The figures of the period of the same length right before another; null where there is none. */
export async function previousPeriod({ db }: UnitOfWork, range: Range): Promise<PreviousPeriod | null> {
  const before = rangeBefore(range);
  if (before === null) return null;
  const figures = await dashboards.periodFigures(db, before);
  return { ...before, ...figures, isSmallSample: isSmallSample(figures.completedCount) };
}

/** The scoreboard of a window, and how its figures went since the window before. */
export async function comparedScoreboard(
  work: UnitOfWork,
  window: Window,
): Promise<Compared<Scoreboard, PreviousWindow, ScoreboardChange>> {
  const current = await scoreboard(work, window);
  const previous = await previousWindow(work, current);
  return { current, previous, change: previous && scoreboardChange(current, previous) };
}

/**
 * The dashboard of a period, and how its figures went since the period before.
 * @throws MetricsError as `dashboard` does
 */
export async function comparedDashboard(
  work: UnitOfWork,
  question: ReportQuestion & { readonly interval: Interval },
): Promise<Compared<Dashboard, PreviousPeriod, DashboardChange>> {
  const current = await dashboard(work, question);
  const previous = await previousPeriod(work, current);
  return { current, previous, change: previous && dashboardChange(current, previous) };
}

/** The figures of the runs of a range that have something in common; at most `first` rows, and one of the rest. */
export async function figuresBy(
  { db }: UnitOfWork,
  question: { readonly range: Range; readonly by: RunDimension; readonly first: number },
): Promise<readonly FiguresRow[]> {
  const found = await groups.runGroups(db, question);
  return found.map((row) => ({ ...row, ...certaintyOf(row, row.settledRuns) }));
}

/** The runs of a range that are in progress, and that nothing was heard of for more than so many hours. */
export function silentRuns({ db, now }: UnitOfWork, range: Range, afterHours: number): Promise<SilentRuns> {
  const before = new Date(now.getTime() - afterHours * hourMs);
  return signs.silentRuns(db, { range, before, named: namedSilentRuns }, now);
}

/** When each of several runs was last heard of, by run id. */
export function lastSignsOfLife(
  { db, now }: UnitOfWork,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  return signs.lastSignsOfLife(db, ids, now);
}
