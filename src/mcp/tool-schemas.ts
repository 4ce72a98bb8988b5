import { z } from "zod";
import { finalStatuses, phaseNames, phaseResults, statuses, windows } from "../vocabulary.js";

const count = z.int().min(0);
const when = "RFC 3339 with an offset; leave it out for now";

const executionId = z
  .string()
  .optional()
  .describe("The id that start_work_statement returned; needless where `wsm` knows the run");

/** What became of a report. */
const outcome = z
  .enum(["RECORDED", "DUPLICATE", "CONFLICT_IGNORED", "SPOOLED"])
  .describe("SPOOLED: kept on disk until the server is there again; go on");

const reported = {
  execution_id: z.string(),
  outcome,
  replayed: z.boolean().describe("Nothing changed: it was known"),
};

/** Schemas say the shape; what a value has to be, the operations say. */
export const startInput = z.strictObject({
  ws_id: z.string().describe("The Work Statement, such as WS-112"),
  wp_id: z.string().optional().describe("The Work Package it belongs to"),
  executor: z.string().describe("Who carries it out: claude_code, codex, gemini_cli, human, subagent"),
  execution_id: z.string().optional().describe("A UUID of your own, to call again without starting twice"),
  session_id: z.string().optional().describe("Your session, by which its telemetry is attributed"),
});
export const startOutput = z.object(reported);

export const phaseInput = z.strictObject({
  execution_id: executionId,
  name: z.enum(phaseNames),
  result: z.enum(phaseResults).optional().describe("Given: the phase ends. Left out: it begins"),
  event_id: z.string().optional().describe("The phase that ends, where several of this name are open"),
  started_at: z.string().optional().describe(when),
  completed_at: z.string().optional().describe(when),
  tests_written: count.optional(),
  tests_passing: count.optional(),
  tests_failing: count.optional(),
  files_modified: count.optional(),
});
export const phaseOutput = z.object({
  ...reported,
  event_id: z.string(),
  name: z.enum(phaseNames),
  is_open: z.boolean(),
});

export const completeInput = z.strictObject({
  execution_id: executionId,
  status: z.enum(finalStatuses).optional().describe("COMPLETED unless told"),
  test_metrics: z
    .strictObject({
      written: count.optional(),
      passing: count.optional(),
      failing: count.optional(),
      skipped: count.optional(),
    })
    .optional(),
  file_metrics: z
    .strictObject({
      created: z.array(z.string()).optional(),
      modified: z.array(z.string()).optional(),
      deleted: z.array(z.string()).optional(),
    })
    .optional(),
  rework_cycles: count.optional().describe("How often work was done again after a failed verify"),
});
export const completeOutput = z.object({ ...reported, status: z.enum(statuses) });

export const bugFixInput = z.strictObject({
  execution_id: executionId,
  id: z.string().optional().describe("A UUID of your own, to call again without recording twice"),
  description: z.string().describe("What was wrong"),
  root_cause: z.string(),
  test_name: z.string().describe("The test that shows it"),
  fix_summary: z.string(),
  files_modified: z.array(z.string()).optional(),
  autonomous: z.boolean().describe("Fixed without a human"),
});
export const bugFixOutput = z.object({ ...reported, id: z.string() });

export const executionInput = z.strictObject({ execution_id: executionId });
const usd = z.number().nullable();
export const executionOutput = z.object({
  execution_id: z.string(),
  ws_id: z.string(),
  wp_id: z.string().nullable(),
  executor: z.string(),
  status: z.enum(statuses),
  started_at: z.string(),
  completed_at: z.string().nullable(),
  duration_seconds: z.number().nullable(),
  rework_cycles: z.number(),
  bug_fix_count: z.number(),
  test_metrics: z.object({
    written: z.number(),
    passing: z.number(),
    failing: z.number(),
    skipped: z.number(),
  }),
  phases: z.array(
    z.object({
      event_id: z.string(),
      name: z.enum(phaseNames),
      started_at: z.string(),
      duration_seconds: z.number().nullable(),
      result: z.enum(phaseResults).nullable(),
      cost_usd: usd,
    }),
  ),
  cost: z.object({
    total_usd: usd,
    source: z.string(),
    call_count: z.number(),
    unpriced_call_count: z.number(),
    outside_phases_usd: usd,
  }),
});

export const metricsInput = z.strictObject({ window: z.enum(windows).optional().describe("7d unless told") });
const costRow = z.object({ key: z.string().nullable(), cost_usd: z.number(), call_count: z.number() });
export const metricsOutput = z.object({
  window: z.enum(windows),
  total_runs: z.number(),
  runs_by_status: z.record(z.string(), z.number()),
  success_rate: z.number().nullable(),
  first_pass_rate: z.number().nullable(),
  average_duration_seconds: z.number().nullable(),
  p95_duration_seconds: z.number().nullable(),
  cost_usd: z.number(),
  cost_per_completed_ws_usd: usd,
  autonomous_bug_fix_count: z.number(),
  unattributed_usd: z.number(),
  unpriced_call_count: z.number(),
  cost_by_phase: z.array(costRow),
  cost_by_model: z.array(costRow),
});
