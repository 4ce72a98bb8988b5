import { z } from "zod";
import { costSources, outcomes, phaseNames, phaseResults, statuses } from "../../vocabulary.js";
import { count, instant, rate, usd, uuid } from "./fields.js";

const phase = z
  .object({
    event_id: z.string(),
    sequence: count,
    name: z.enum(phaseNames),
    started_at: instant,
    completed_at: instant.nullable(),
    duration_seconds: count.nullable(),
    result: z.enum(phaseResults).nullable(),
    tests_written: count.optional(),
    tests_passing: count.optional(),
    tests_failing: count.optional(),
    files_modified: count.optional(),
  })
  .meta({ id: "Phase" });

export const bugFixAnswer = z
  .object({
    id: uuid,
    ws_execution_id: uuid,
    scope_id: z.string().nullable(),
    description: z.string(),
    root_cause: z.string(),
    test_name: z.string(),
    fix_summary: z.string(),
    files_modified: z.array(z.string()).readonly(),
    autonomous: z.boolean(),
    created_at: instant,
  })
  .meta({ id: "BugFix" });

export const costAnswer = z
  .object({
    total_usd: usd.nullable(),
    source: z.enum(costSources),
    logged_usd: usd.nullable(),
    reported_usd: usd.nullable(),
    estimated_usd: usd.nullable(),
    difference_usd: usd.nullable(),
    call_count: count,
    unpriced_call_count: count,
    coverage: rate.nullable(),
    unattributed_to_phase_usd: usd.nullable(),
    by_phase: z.array(
      z
        .object({ event_id: z.string(), name: z.enum(phaseNames), cost_usd: usd.nullable() })
        .meta({ id: "PhaseCost", description: "What one phase of a run cost." }),
    ),
  })
  .meta({ id: "ExecutionCost" });

const counts = z
  .object({ written: count, passing: count, failing: count, skipped: count })
  .meta({ id: "TestMetrics" });

const paths = z.array(z.string()).readonly();
const files = z.object({ created: paths, modified: paths, deleted: paths }).meta({ id: "FileMetrics" });

/** The columns of a run. */
export const columnsAnswer = z.object({
  id: uuid,
  ws_id: z.string(),
  wp_id: z.string().nullable(),
  scope_id: z.string().nullable(),
  executor: z.string(),
  status: z.enum(statuses),
  started_at: instant,
  completed_at: instant.nullable(),
  duration_seconds: count.nullable(),
  phase_metrics: z
    .object({ phases: z.array(phase) })
    .meta({ id: "PhaseMetrics", description: "The phases of a run, in their sequence." }),
  test_metrics: counts,
  file_metrics: files,
  rework_cycles: count,
  llm_calls: count,
  llm_tokens_in: count,
  llm_tokens_out: count,
  llm_cost_usd: usd.nullable(),
  llm_model: z.string().nullable(),
  created_at: instant,
});

/** A run with all that belongs to it. */
export const executionAnswer = columnsAnswer
  .extend({ bug_fixes: z.array(bugFixAnswer), cost: costAnswer })
  .meta({ id: "Execution" });

const outcome = z.enum(outcomes);

/** What a report about a run met, and the run as it is now. */
export const executionWriteAnswer = executionAnswer
  .extend({
    outcome,
    phase_outcomes: z
      .array(
        z
          .object({ event_id: z.string(), outcome })
          .meta({ id: "PhaseOutcome", description: "What became of one phase event." }),
      )
      .optional(),
    executor_env: z.record(z.string(), z.string()).readonly().optional(),
  })
  .meta({ id: "ExecutionWrite", description: "What a report about a run met, and the run as it is now." });

/** What a bug fix met. */
export const bugFixWriteAnswer = bugFixAnswer.extend({ outcome }).meta({
  id: "BugFixWrite",
  description: "What a report of a bug fix met, and the bug fix as it is stored.",
});

/** A page of runs. */
export const executionPageAnswer = z
  .object({
    executions: z.array(executionAnswer),
    next_cursor: z.string().nullable(),
    total_count: count,
  })
  .meta({ id: "ExecutionPage", description: "A page of runs." });
