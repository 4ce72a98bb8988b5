import type { CostRow, CostSummary, Dashboard, Scoreboard } from "../domain/report.js";

export function presentDashboard(dashboard: Dashboard) {
  return {
    from: dashboard.from,
    to: dashboard.to,
    as_of: dashboard.asOf,
    total_ws_completed: dashboard.completedCount,
    average_duration_seconds: dashboard.averageDurationSeconds,
    total_tests_written: dashboard.testsWritten,
    total_bugs_fixed_autonomously: dashboard.autonomousBugFixCount,
    total_llm_cost_usd: dashboard.llmCostUsd,
    rework_cycle_average: dashboard.averageReworkCycles,
    cost_per_ws: dashboard.costPerWsUsd,
    cost_per_ws_trend: dashboard.trend.map(({ start, end, completedCount, llmCostUsd, costPerWsUsd }) => ({
      start,
      end,
      completed_count: completedCount,
      llm_cost_usd: llmCostUsd,
      cost_per_ws: costPerWsUsd,
    })),
  };
}

export function presentScoreboard(scoreboard: Scoreboard) {
  return {
    window: scoreboard.window,
    from: scoreboard.from,
    to: scoreboard.to,
    as_of: scoreboard.asOf,
    total_runs: scoreboard.totalRuns,
    success_rate: scoreboard.successRate,
    settled_success_rate: scoreboard.settledSuccessRate,
    average_duration_seconds: scoreboard.averageDurationSeconds,
    p95_duration_seconds: scoreboard.p95DurationSeconds,
    first_pass_rate: scoreboard.firstPassVerifyRate,
    total_llm_cost_usd: scoreboard.llmCostUsd,
    cost_per_completed_ws: scoreboard.costPerCompletedWsUsd,
    autonomous_bug_fix_count: scoreboard.autonomousBugFixCount,
    runs_by_status: scoreboard.runsByStatus,
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
  };
}

function presentRow({ key, costUsd, callCount, executionCount }: CostRow) {
  return { key, cost_usd: costUsd, call_count: callCount, execution_count: executionCount };
}
