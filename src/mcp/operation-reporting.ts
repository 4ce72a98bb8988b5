import { costOfPhase } from "../domain/cost.js";
import type { CostRow } from "../domain/report.js";
import { inSnakeWords, withCamelNames } from "../domain/snake-names.js";
import { explain, type FieldError, type MetricsError } from "../errors.js";
import { executionBugFixes, recordBugFix } from "../operations/bug-fix.operations.js";
import {
  completeExecution,
  execution,
  executionCosts,
  startExecution,
} from "../operations/execution.operations.js";
import type { Perform } from "../operations/perform.js";
import { recordPhase } from "../operations/phase.operations.js";
import { costSummary, scoreboard } from "../operations/report.operations.js";
import type { Outcome } from "../vocabulary.js";
import { phaseEvent } from "./phase-event.js";
import type { Reporting } from "./reporting.js";
import { ToolFailure } from "./tool-failure.js";

/** How many rows of a breakdown a model is shown; the dearest stand first. */
const shownRows = 10;

/**
 * Reports through the operations of the server.
 * @param onFailure hears of each error that a model is told
 */
export function operationReporting(perform: Perform, onFailure: (error: MetricsError) => void): Reporting {
  const failing = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (thrown) {
      if (thrown instanceof ToolFailure) throw thrown;
      const error = explain(thrown);
      onFailure(error);
      throw new ToolFailure(error.code, error.message, error.errors.map(inSnakeWords).map(asNamed));
    }
  };
  const phasesOf = async (id: string | undefined) => (await perform(execution, { id })).phases;

  return {
    start: ({ execution_id, session_id, ...input }) =>
      failing(
        perform(startExecution, {
          ...asObject(withCamelNames(input)),
          id: execution_id,
          executorSessionId: session_id,
        }).then(({ outcome, execution: run }) => reported(run.id, outcome)),
      ),
    phase: (input) =>
      failing(
        phaseEvent(input.execution_id ?? "", input, () => phasesOf(input.execution_id)).then(
          async (event) => {
            const { outcome, phase } = await perform(recordPhase, event);
            const { eventId, name, completedAt } = phase;
            return {
              ...reported(event.executionId, outcome),
              event_id: eventId,
              name,
              is_open: completedAt === null,
            };
          },
        ),
      ),
    complete: ({ execution_id: id, ...input }) =>
      failing(
        perform(completeExecution, { ...asObject(withCamelNames(input)), id }).then(
          ({ outcome, execution: run }) => ({
            ...reported(run.id, outcome),
            status: run.status,
          }),
        ),
      ),
    bugFix: (input) =>
      failing(
        perform(recordBugFix, withCamelNames(input)).then(({ outcome, bugFix }) => ({
          ...reported(bugFix.executionId, outcome),
          id: bugFix.id,
        })),
      ),
    execution: ({ execution_id: id }) => failing(shownExecution(perform, id)),
    metrics: ({ window }) => failing(shownMetrics(perform, window)),
  };
}

async function shownExecution(perform: Perform, id: string | undefined) {
  const run = await perform(execution, { id });
  const executionIds = [run.id];
  const [costs, bugFixes] = await Promise.all([
    perform(executionCosts, { executionIds }),
    perform(executionBugFixes, { executionIds }),
  ]);
  const cost = costs.get(run.id);
  return {
    execution_id: run.id,
    ws_id: run.wsId,
    wp_id: run.wpId,
    executor: run.executor,
    status: run.status,
    started_at: run.startedAt.toISOString(),
    completed_at: run.completedAt?.toISOString() ?? null,
    duration_seconds: run.durationSeconds,
    rework_cycles: run.reworkCycles,
    bug_fix_count: bugFixes.length,
    test_metrics: run.testMetrics,
    phases: run.phases.map((phase) => ({
      event_id: phase.eventId,
      name: phase.name,
      started_at: phase.startedAt.toISOString(),
      duration_seconds: phase.durationSeconds,
      result: phase.result,
      cost_usd: cost === undefined ? null : costOfPhase(cost, phase.eventId),
    })),
    cost: {
      total_usd: cost?.totalUsd ?? null,
      source: cost?.source ?? "NONE",
      call_count: cost?.callCount ?? 0,
      unpriced_call_count: cost?.unpricedCallCount ?? 0,
      outside_phases_usd: cost?.unattributedToPhaseUsd ?? null,
    },
  };
}

async function shownMetrics(perform: Perform, window: string | undefined) {
  const figures = await perform(scoreboard, { window });
  const { from, to } = figures;
  const summary = await perform(costSummary, { from: from?.toISOString(), to: to.toISOString() });
  return {
    window: figures.window,
    total_runs: figures.totalRuns,
    runs_by_status: Object.fromEntries(figures.runsByStatus.map(({ status, count }) => [status, count])),
    success_rate: figures.successRate,
    first_pass_rate: figures.firstPassVerifyRate,
    average_duration_seconds: figures.averageDurationSeconds,
    p95_duration_seconds: figures.p95DurationSeconds,
    cost_usd: figures.llmCostUsd,
    cost_per_completed_ws_usd: figures.costPerCompletedWsUsd,
    autonomous_bug_fix_count: figures.autonomousBugFixCount,
    unattributed_usd: summary.unattributedUsd,
    unpriced_call_count: summary.unpricedCallCount,
    cost_by_phase: summary.byPhase.slice(0, shownRows).map(shownRow),
    cost_by_model: summary.byModel.slice(0, shownRows).map(shownRow),
  };
}

const shownRow = ({ key, costUsd, callCount }: CostRow) => ({
  key,
  cost_usd: costUsd,
  call_count: callCount,
});

const reported = (execution_id: string, outcome: Outcome) => ({
  execution_id,
  outcome,
  replayed: outcome === "DUPLICATE",
});

const asObject = (value: unknown) => value as Record<string, unknown>; // what an object becomes is one

/** Of runs and phases the tools name the id otherwise than the operations. */
const asNamed = ({ path, message }: FieldError): FieldError => ({
  path: path === "id" ? "execution_id" : path,
  message,
});
