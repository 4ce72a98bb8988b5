import type { z } from "zod";
import type { BugFix } from "../domain/bug-fix.js";
import { costOf, costOfPhase, type ExecutionCost } from "../domain/cost.js";
import type { Execution } from "../domain/execution.js";
import type { ExportedExecution } from "../domain/exported.js";
import type { Phase } from "../domain/phase.js";
import type { Spelled } from "../domain/snake-names.js";
import { executionBugFixes } from "../operations/bug-fix.operations.js";
import { executionCosts } from "../operations/execution.operations.js";
import type { Perform } from "../operations/perform.js";
import type { bugFixAnswer, columnsAnswer, costAnswer, executionAnswer } from "./answers/execution.answer.js";

type Presented = z.input<typeof executionAnswer>;

/** Executions as REST shows them, with their bug fixes and cost. */
export async function presentExecutions(
  perform: Perform,
  executions: readonly Execution[],
): Promise<Presented[]> {
  const present = await presenterOf(perform, executions);
  return executions.map(present);
}

export async function presentExecution(perform: Perform, execution: Execution): Promise<Presented> {
  const present = await presenterOf(perform, [execution]);
  return present(execution);
}

async function presenterOf(perform: Perform, executions: readonly Execution[]) {
  const executionIds = executions.map(({ id }) => id);
  const [bugFixes, costs] = await Promise.all([
    perform(executionBugFixes, { executionIds }),
    perform(executionCosts, { executionIds }),
  ]);
  return (execution: Execution) =>
    presentRun({
      execution,
      bugFixes: bugFixes.filter(({ executionId }) => executionId === execution.id),
      cost: costOf(costs, execution.id),
    });
}

/** A run with all that belongs to it. */
export const presentRun = ({ execution, bugFixes, cost }: ExportedExecution): Presented => ({
  ...presentColumns(execution),
  bug_fixes: bugFixes.map(presentBugFix),
  cost: presentCost(execution, cost),
});

export function presentBugFix(bugFix: BugFix) {
  return {
    id: bugFix.id,
    ws_execution_id: bugFix.executionId,
    scope_id: bugFix.scopeId,
    description: bugFix.description,
    root_cause: bugFix.rootCause,
    test_name: bugFix.testName,
    fix_summary: bugFix.fixSummary,
    files_modified: bugFix.filesModified,
    autonomous: bugFix.autonomous,
    created_at: bugFix.createdAt,
  } satisfies z.input<typeof bugFixAnswer> &
    Spelled<Omit<BugFix, "executionId"> & { readonly wsExecutionId: string }>;
}

/** The columns of a run. */
function presentColumns(execution: Execution) {
  return {
    id: execution.id,
    ws_id: execution.wsId,
    wp_id: execution.wpId,
    scope_id: execution.scopeId,
    executor: execution.executor,
    status: execution.status,
    started_at: execution.startedAt,
    completed_at: execution.completedAt,
    duration_seconds: execution.durationSeconds,
    phase_metrics: { phases: execution.phases.map(presentPhase) },
    test_metrics: execution.testMetrics,
    file_metrics: execution.fileMetrics,
    rework_cycles: execution.reworkCycles,
    llm_calls: execution.llmCalls,
    llm_tokens_in: execution.llmTokensIn,
    llm_tokens_out: execution.llmTokensOut,
    llm_cost_usd: execution.llmCostUsd,
    llm_model: execution.llmModel,
    created_at: execution.createdAt,
  } satisfies z.input<typeof columnsAnswer> &
    Spelled<Omit<Execution, "phases"> & { readonly phaseMetrics: unknown }>;
}

/** As the `phase_metrics` document has it: counters stand only where they were reported. */
function presentPhase(phase: Phase) {
  return {
    event_id: phase.eventId,
    sequence: phase.sequence,
    name: phase.name,
    started_at: phase.startedAt,
    completed_at: phase.completedAt,
    duration_seconds: phase.durationSeconds,
    result: phase.result,
    tests_written: phase.testsWritten ?? undefined,
    tests_passing: phase.testsPassing ?? undefined,
    tests_failing: phase.testsFailing ?? undefined,
    files_modified: phase.filesModified ?? undefined,
  } satisfies Spelled<Phase>;
}

/** What a run cost, and each of its phases. */
function presentCost({ phases }: Execution, cost: ExecutionCost) {
  return {
    total_usd: cost.totalUsd,
    source: cost.source,
    logged_usd: cost.loggedUsd,
    reported_usd: cost.reportedUsd,
    estimated_usd: cost.estimatedUsd,
    difference_usd: cost.differenceUsd,
    call_count: cost.callCount,
    unpriced_call_count: cost.unpricedCallCount,
    coverage: cost.coverage,
    unattributed_to_phase_usd: cost.unattributedToPhaseUsd,
    by_phase: phases.map(({ eventId, name }) => ({
      event_id: eventId,
      name,
      cost_usd: costOfPhase(cost, eventId),
    })),
  } satisfies z.input<typeof costAnswer> & Spelled<ExecutionCost>;
}
