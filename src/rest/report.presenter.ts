import type { z } from "zod";
import type {
  CostRow,
  CostSummary,
  Dashboard,
  PeriodFigures,
  RunFigures,
  Scoreboard,
} from "../domain/report.js";
import type { costSummaryAnswer, dashboardAnswer, scoreboardAnswer } from "./answers/report.answer.js";

export function presentDashboard(dashboard: Dashboard) {
  return {
    from: dashboard.from,
    to: dashboard.to,
    as_of: dashboard.asOf,
    ...presentPeriodFigures(dashboard),
    cost_per_ws_trend: dashboard.trend.map(({ start, end, completedCount, llmCostUsd, costPerWsUsd }) => ({
      start,
      end,
      completed_count: completedCount,
      llm_cost_usd: llmCostUsd,
      cost_per_ws: costPerWsUsd,
    })),
  } satisfies z.input<typeof dashboardAnswer>;
}

/** What a dashboard says of a period. */
export function presentPeriodFigures(figures: PeriodFigures) {
  return {
    total_ws_completed: figures.completedCount,
    average_duration_seconds: figures.averageDurationSeconds,
    total_tests_written: figures.testsWritten,
    total_bugs_fixed_autonomously: figures.autonomousBugFixCount,
    total_llm_cost_usd: figures.llmCostUsd,
    rework_cycle_average: figures.averageReworkCycles,
    cost_per_ws: figures.costPerWsUsd,
  };
}

export function presentScoreboard(scoreboard: Scoreboard) {
  return {
    window: scoreboard.window,
    from: scoreboard.from,
    to: scoreboard.to,
    as_of: scoreboard.asOf,
    ...presentRunFigures(scoreboard),
    runs_by_status: scoreboard.runsByStatus,
  } satisfies z.input<typeof scoreboardAnswer>;
}

/** What a scoreboard says of some runs. */
export function presentRunFigures(figures: RunFigures) {
  return {
    total_runs: figures.totalRuns,
    success_rate: figures.successRate,
    settled_success_rate: figures.settledSuccessRate,
    average_duration_seconds: figures.averageDurationSeconds,
    p95_duration_seconds: figures.p95DurationSeconds,
    first_pass_rate: figures.firstPassVerifyRate,
    total_llm_cost_usd: figures.llmCostUsd,
    cost_per_completed_ws: figures.costPerCompletedWsUsd,
    autonomous_bug_fix_count: figures.autonomousBugFixCount,
  };
}

export function presentCostSummary(summary: CostSummary) {
  return {
    from: summary.from,
    to: summary.to,
    as_of: summary.asOf,
    log_as_of: summary.logAsOf,
    total_llm_cost_usd: summary.totalUsd,
    unattributed_usd: summary.unattributedUsd,
    unpriced_call_count: summary.unpricedCallCount,
    unpriced_models: summary.unpricedModels,
    by_document_type: summary.byDocumentType.map(presentRow),
    by_ws: summary.byWs.map(presentRow),
    by_date: summary.byDate.map(presentRow),
    by_model: summary.byModel.map(presentRow),
    by_phase: summary.byPhase.map(presentRow),
    by_source: summary.bySource.map(presentRow),
  } satisfies z.input<typeof costSummaryAnswer>;
}

function presentRow({ key, costUsd, callCount, executionCount }: CostRow) {
  return { key, cost_usd: costUsd, call_count: callCount, execution_count: executionCount };
}
