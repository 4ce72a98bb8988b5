import type { z } from "zod";
import type {
  Compared,
  Dashboard,
  DashboardChange,
  PreviousPeriod,
  PreviousWindow,
  Scoreboard,
  ScoreboardChange,
} from "../domain/report.js";
import type { dashboardAnswer, scoreboardAnswer } from "./answers/report.answer.js";
import {
  presentDashboard,
  presentPeriodFigures,
  presentRunFigures,
  presentScoreboard,
} from "./report.presenter.js";

/** A scoreboard, and `previous` and `change` beside its figures; both are null for all time. */
export function presentComparedScoreboard({
  current,
  previous,
  change,
}: Compared<Scoreboard, PreviousWindow, ScoreboardChange>): z.input<typeof scoreboardAnswer> {
  return {
    ...presentScoreboard(current),
    is_small_sample: current.isSmallSample,
    previous: previous && {
      from: previous.from,
      to: previous.to,
      ...presentRunFigures(previous),
      is_small_sample: previous.isSmallSample,
    },
    change:
      change &&
      ({
        total_runs: change.totalRuns,
        success_rate: change.successRate,
        settled_success_rate: change.settledSuccessRate,
        average_duration_seconds: change.averageDurationSeconds,
        p95_duration_seconds: change.p95DurationSeconds,
        first_pass_rate: change.firstPassVerifyRate,
        total_llm_cost_usd: change.llmCostUsd,
        cost_per_completed_ws: change.costPerCompletedWsUsd,
        autonomous_bug_fix_count: change.autonomousBugFixCount,
        is_small_sample: change.isSmallSample,
      } satisfies Record<keyof ReturnType<typeof presentRunFigures> | "is_small_sample", unknown>),
  };
}

/** A dashboard, and `previous` and `change` beside its figures. */
export function presentComparedDashboard({
  current,
  previous,
  change,
}: Compared<Dashboard, PreviousPeriod, DashboardChange>): z.input<typeof dashboardAnswer> {
  return {
    ...presentDashboard(current),
    is_small_sample: current.isSmallSample,
    previous: previous && {
      from: previous.from,
      to: previous.to,
      ...presentPeriodFigures(previous),
      is_small_sample: previous.isSmallSample,
    },
    change:
      change &&
      ({
        total_ws_completed: change.completedCount,
        average_duration_seconds: change.averageDurationSeconds,
        total_tests_written: change.testsWritten,
        total_bugs_fixed_autonomously: change.autonomousBugFixCount,
        total_llm_cost_usd: change.llmCostUsd,
        rework_cycle_average: change.averageReworkCycles,
        cost_per_ws: change.costPerWsUsd,
        is_small_sample: change.isSmallSample,
      } satisfies Record<keyof ReturnType<typeof presentPeriodFigures> | "is_small_sample", unknown>),
  };
}
