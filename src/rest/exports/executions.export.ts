import type { ExportedExecution } from "../../domain/exported.js";
import { exportExecutions } from "../../operations/export.operations.js";
import { presentRun } from "../execution.presenter.js";
import { executionFilterParameters } from "../execution-filter.parameters.js";
import { type Columns, type Export, pagedExport } from "./export.js";

const columns: Columns<ExportedExecution> = {
  id: ({ execution }) => execution.id,
  ws_id: ({ execution }) => execution.wsId,
  wp_id: ({ execution }) => execution.wpId,
  scope_id: ({ execution }) => execution.scopeId,
  executor: ({ execution }) => execution.executor,
  status: ({ execution }) => execution.status,
  started_at: ({ execution }) => execution.startedAt,
  completed_at: ({ execution }) => execution.completedAt,
  duration_seconds: ({ execution }) => execution.durationSeconds,
  phase_count: ({ execution }) => execution.phases.length,
  tests_written: ({ execution }) => execution.testMetrics.written,
  tests_passing: ({ execution }) => execution.testMetrics.passing,
  tests_failing: ({ execution }) => execution.testMetrics.failing,
  tests_skipped: ({ execution }) => execution.testMetrics.skipped,
  files_created: ({ execution }) => execution.fileMetrics.created.length,
  files_modified: ({ execution }) => execution.fileMetrics.modified.length,
  files_deleted: ({ execution }) => execution.fileMetrics.deleted.length,
  rework_cycles: ({ execution }) => execution.reworkCycles,
  bug_fix_count: ({ bugFixes }) => bugFixes.length,
  autonomous_bug_fix_count: ({ bugFixes }) => bugFixes.filter(({ autonomous }) => autonomous).length,
  llm_calls: ({ execution }) => execution.llmCalls,
  llm_tokens_in: ({ execution }) => execution.llmTokensIn,
  llm_tokens_out: ({ execution }) => execution.llmTokensOut,
  llm_cost_usd: ({ execution }) => execution.llmCostUsd,
  llm_model: ({ execution }) => execution.llmModel,
  cost_usd: ({ cost }) => cost.totalUsd,
  cost_source: ({ cost }) => cost.source,
  logged_usd: ({ cost }) => cost.loggedUsd,
  estimated_usd: ({ cost }) => cost.estimatedUsd,
  difference_usd: ({ cost }) => cost.differenceUsd,
  unattributed_to_phase_usd: ({ cost }) => cost.unattributedToPhaseUsd,
  call_count: ({ cost }) => cost.callCount,
  unpriced_call_count: ({ cost }) => cost.unpricedCallCount,
  created_at: ({ execution }) => execution.createdAt,
};

/** Runs: in JSON with all that belongs to them, in a table with counts of it. */
export const executionExport: Export<ExportedExecution> = pagedExport({
  path: "/ws-executions",
  operation: exportExecutions,
  parameters: executionFilterParameters,
  exported: "every run that matches",
  columns,
  present: presentRun,
});
