import type { SubjectDefinition } from "./definition.js";
import { runDimensions } from "./run-dimensions.js";

const unknownCost = "nothing tells what the run cost";
const inProgress = "the run has not ended";
const notCompleted = "the run is not completed";
const noneCompleted = "no run is completed, or none has a known cost";

/** Runs, by when they started. */
export const executionSubject = {
  definition: "Runs of Work Statements.",
  clock: "startedAt of the run",
  dimensions: {
    ...runDimensions,
    cost_source: { definition: "On whose authority the cost of the run stands." },
    model: {
      definition:
        "The model whose calls made most of the run's cost, ties and no cost by number of calls, then by name; of a run without calls the model it reported.",
      nullMeans: "the run has no calls, and reported no model",
    },
  },
  measures: {
    count: { kind: "count", unit: "{run}", definition: "Runs.", formula: "count of runs" },
    ws_count: {
      kind: "count",
      unit: "{Work Statement}",
      definition: "Different Work Statements among the runs.",
      formula: "count of distinct wsId",
    },
    completed_count: {
      kind: "count",
      unit: "{run}",
      definition: "Runs with status COMPLETED.",
      formula: "count of runs where status = COMPLETED",
    },
    first_pass_count: {
      kind: "count",
      unit: "{run}",
      definition: "Completed runs that nothing had to be done again in.",
      formula: "count of runs where status = COMPLETED and reworkCycles = 0",
    },
    success_rate: {
      kind: "ratio",
      unit: "1",
      definition: "The fraction of completed runs, as on the scoreboard.",
      formula: "completed runs / runs",
      nullMeans: "there are no runs",
    },
    settled_success_rate: {
      kind: "ratio",
      unit: "1",
      definition: "The fraction of completed runs among those that ended, as on the scoreboard.",
      formula: "completed runs / runs with status COMPLETED, FAILED or HARD_STOP",
      nullMeans: "no run has ended",
    },
    first_pass_rate: {
      kind: "ratio",
      unit: "1",
      definition: "The fraction of completed runs that passed at the first try, as on the scoreboard.",
      formula: "completed runs with reworkCycles = 0 / completed runs",
      nullMeans: "no run is completed",
    },
    cost_coverage: {
      kind: "ratio",
      unit: "1",
      definition: "The fraction of runs whose cost is known.",
      formula: "runs with a known cost / runs",
      nullMeans: "there are no runs",
    },
    cost_per_completed_usd: {
      kind: "ratio",
      unit: "USD",
      definition: "What a completed Work Statement cost, the runs that failed on the way included.",
      formula: "sum of cost of all runs / completed runs",
      nullMeans: noneCompleted,
    },
    cost_per_first_pass_usd: {
      kind: "ratio",
      unit: "USD",
      definition: "What a run that passed at the first try cost, all other runs included.",
      formula: "sum of cost of all runs / completed runs with reworkCycles = 0",
      nullMeans: "no run passed at the first try, or none has a known cost",
    },
    duration_seconds: {
      kind: "value",
      unit: "s",
      definition: "How long the run took, whatever its status.",
      formula: "floor(completedAt - startedAt)",
      nullMeans: inProgress,
    },
    completed_duration_seconds: {
      kind: "value",
      unit: "s",
      definition: "How long a completed run took, as on the scoreboard.",
      formula: "floor(completedAt - startedAt) where status = COMPLETED",
      nullMeans: notCompleted,
    },
    cost_usd: {
      kind: "value",
      unit: "USD",
      definition: "What the run cost.",
      formula: "loggedUsd if any call has a cost, else reportedUsd, else estimatedUsd",
      nullMeans: unknownCost,
    },
    logged_cost_usd: {
      kind: "value",
      unit: "USD",
      definition: "What the run's LLM calls cost.",
      formula: "sum of the cost of its priced calls",
      nullMeans: "no call of the run has a cost",
    },
    reported_cost_usd: {
      kind: "value",
      unit: "USD",
      definition: "What the executor said that the run cost.",
      formula: "llmCostUsd as reported",
      nullMeans: "the executor reported no cost",
    },
    llm_calls: {
      kind: "value",
      unit: "{call}",
      definition: "Recorded LLM calls of the run.",
      formula: "count of its calls",
    },
    unpriced_llm_calls: {
      kind: "value",
      unit: "{call}",
      definition: "Recorded LLM calls of the run whose cost is unknown.",
      formula: "count of its calls without a cost",
    },
    reported_tokens_in: {
      kind: "value",
      unit: "{token}",
      definition: "Tokens sent to models, as the executor reported them.",
      formula: "llmTokensIn as reported, else 0",
    },
    reported_tokens_out: {
      kind: "value",
      unit: "{token}",
      definition: "Tokens received from models, as the executor reported them.",
      formula: "llmTokensOut as reported, else 0",
    },
    tests_written: {
      kind: "value",
      unit: "{test}",
      definition: "Tests that the run wrote.",
      formula: "testMetrics.written",
    },
    tests_passing: {
      kind: "value",
      unit: "{test}",
      definition: "Tests that passed.",
      formula: "testMetrics.passing",
    },
    tests_failing: {
      kind: "value",
      unit: "{test}",
      definition: "Tests that failed.",
      formula: "testMetrics.failing",
    },
    tests_skipped: {
      kind: "value",
      unit: "{test}",
      definition: "Tests that were left out.",
      formula: "testMetrics.skipped",
    },
    files_touched: {
      kind: "value",
      unit: "{file}",
      definition: "Files that the run created, changed or deleted.",
      formula: "lengths of fileMetrics.created, modified and deleted, added up",
    },
    rework_cycles: {
      kind: "value",
      unit: "{cycle}",
      definition: "How often work was done again after a failed verify, whatever the status of the run.",
      formula: "the larger of what was reported and what the phases show",
    },
    completed_rework_cycles: {
      kind: "value",
      unit: "{cycle}",
      definition: "The same of completed runs, as on the dashboard.",
      formula: "reworkCycles where status = COMPLETED",
      nullMeans: notCompleted,
    },
    bug_fixes: {
      kind: "value",
      unit: "{bug fix}",
      definition: "Bugs fixed during the run; its average is bug fixes per run.",
      formula: "count of its bug fixes, whenever they were recorded",
    },
    autonomous_bug_fixes: {
      kind: "value",
      unit: "{bug fix}",
      definition: "Bugs fixed during the run without a human.",
      formula: "count of its bug fixes where autonomous",
    },
  },
} as const satisfies SubjectDefinition;
