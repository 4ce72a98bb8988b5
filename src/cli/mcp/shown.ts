import type { CostSummaryQuery, ScoreboardQuery } from "../../client/client.js";
import type { Reporting } from "../../mcp/reporting.js";
import { type PhaseName, type PhaseResult, phaseNames, phaseResults, type Window } from "../../vocabulary.js";
import type { ShownRun } from "../screen/run-summary.js";

type Shown<Tool extends keyof Reporting> = Awaited<ReturnType<Reporting[Tool]>>;

/** How many rows of a breakdown a model is shown; the dearest stand first. */
const shownRows = 10;

/** A run as the tools show it. */
export function shownExecution(run: ShownRun): Shown<"execution"> {
  const { cost } = run;
  return {
    execution_id: run.id,
    ws_id: run.wsId,
    wp_id: run.wpId ?? null,
    executor: run.executor,
    status: run.status,
    started_at: run.startedAt,
    completed_at: run.completedAt ?? null,
    duration_seconds: run.durationSeconds ?? null,
    rework_cycles: run.reworkCycles,
    bug_fix_count: run.bugFixes.length,
    test_metrics: run.testMetrics,
    phases: run.phases.map((phase) => ({
      event_id: phase.eventId,
      name: wordIn(phaseNames, phase.name) ?? ("implement" satisfies PhaseName),
      started_at: phase.startedAt,
      duration_seconds: phase.durationSeconds ?? null,
      result: wordIn(phaseResults, phase.result) ?? null,
      cost_usd: phase.costUsd ?? null,
    })),
    cost: {
      total_usd: cost.totalUsd ?? null,
      source: cost.source,
      call_count: cost.callCount,
      unpriced_call_count: cost.unpricedCallCount,
      outside_phases_usd: cost.unattributedToPhaseUsd ?? null,
    },
  };
}

/** Figures of a window as the tools show them. */
export function shownMetrics(
  window: Window,
  figures: ScoreboardQuery["scoreboard"],
  summary: CostSummaryQuery["costSummary"],
): Shown<"metrics"> {
  const row = ({ key, costUsd, callCount }: CostSummaryQuery["costSummary"]["byPhase"][number]) => ({
    key: key ?? null,
    cost_usd: costUsd,
    call_count: callCount,
  });
  return {
    window,
    total_runs: figures.totalRuns,
    runs_by_status: Object.fromEntries(figures.runsByStatus.map(({ status, count }) => [status, count])),
    success_rate: figures.successRate ?? null,
    first_pass_rate: figures.firstPassVerifyRate ?? null,
    average_duration_seconds: figures.averageDurationSeconds ?? null,
    p95_duration_seconds: figures.p95DurationSeconds ?? null,
    cost_usd: figures.llmCostUsd,
    cost_per_completed_ws_usd: figures.costPerCompletedWsUsd ?? null,
    autonomous_bug_fix_count: figures.autonomousBugFixCount,
    unattributed_usd: summary.unattributedUsd,
    unpriced_call_count: summary.unpricedCallCount,
    cost_by_phase: summary.byPhase.slice(0, shownRows).map(row),
    cost_by_model: summary.byModel.slice(0, shownRows).map(row),
  };
}

/** The pinned word that GraphQL spells in upper case. */
function wordIn<Word extends PhaseName | PhaseResult>(
  words: readonly Word[],
  spelled: string | null | undefined,
): Word | undefined {
  return words.find((word) => word === spelled?.toLowerCase());
}
