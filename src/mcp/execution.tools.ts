import { z } from "zod";
import { finalStatuses } from "../vocabulary.js";
import { amount, reportedShape, spentRows } from "./fields.js";
import type { ReadRun, Time } from "./reporting.js";
import { reads, reported, type Tool, withExecution, writes } from "./tool.js";

/** Starts a run. Without an id each call starts another one, so it is not idempotent by itself. */
export const startWorkStatement: Tool = {
  name: "start_work_statement",
  title: "Start a Work Statement",
  description:
    "Call when you begin a Work Statement. Answers the execution_id that the other tools take. To repeat a start safely, send the execution_id of the first try.",
  annotations: { ...writes, idempotentHint: false },
  input: ({ uuid, identifier, executor, time }) =>
    z.strictObject({
      ws_id: identifier.describe("The Work Statement, such as WS-112."),
      executor: executor.describe("Who works on it: claude_code, codex, gemini_cli, human, subagent, …"),
      wp_id: identifier.optional().describe("The Work Package it belongs to."),
      scope_id: identifier.optional().describe("The scope it belongs to."),
      executor_session_id: identifier
        .optional()
        .describe("Your session's id, by which your telemetry is attributed."),
      started_at: time.optional().describe("RFC 3339; now when absent."),
      execution_id: uuid.optional().describe("A UUID of your own; made when absent."),
    }),
  output: z.object({ ...reportedShape }),
  names: { executionId: "id" },
  answer: async (reporting, input) => reported(await reporting.startExecution(input)),
};

/** Ends a run. */
export const completeWorkStatement: Tool = {
  name: "complete_work_statement",
  title: "Complete a Work Statement",
  description:
    "Call once, when the Work Statement is done or given up, with what it came to. Numbers are totals. Costs and tokens are measured elsewhere.",
  annotations: writes,
  input: ({ execution, time, count, paths }) =>
    z.strictObject({
      execution_id: execution,
      status: z.enum(finalStatuses).optional().describe("COMPLETED when absent."),
      completed_at: time.optional().describe("RFC 3339; now when absent."),
      test_metrics: z
        .strictObject({
          written: count.optional(),
          passing: count.optional(),
          failing: count.optional(),
          skipped: count.optional(),
        })
        .optional()
        .describe("Tests written, and how they ended."),
      file_metrics: z
        .strictObject({
          created: paths.optional(),
          modified: paths.optional(),
          deleted: paths.optional(),
        })
        .optional()
        .describe("Paths of files that were touched."),
      rework_cycles: count.optional().describe("How often work was done again after a failed verify."),
    }),
  output: z.object({ ...reportedShape }),
  names: { executionId: "id" },
  answer: async (reporting, input) =>
    reported(await reporting.completeExecution(await withExecution(reporting, input, "id"))),
};

/** Shows a run. */
export const getExecution: Tool = {
  name: "get_execution",
  title: "Show an execution",
  description: "One execution: its status, phases, tests, bug fixes, and its cost by phase and model in USD.",
  annotations: reads,
  input: ({ execution }) => z.strictObject({ execution_id: execution }),
  output: z.object({
    execution_id: z.string(),
    ws_id: z.string(),
    wp_id: z.string().nullable(),
    executor: z.string(),
    status: z.string(),
    started_at: z.string(),
    completed_at: z.string().nullable(),
    duration_seconds: amount,
    rework_cycles: z.int(),
    phases: z.array(
      z.object({
        event_id: z.string(),
        sequence: z.int(),
        name: z.string(),
        started_at: z.string(),
        completed_at: z.string().nullable().describe("null while it is open"),
        duration_seconds: amount,
        result: z.string().nullable(),
      }),
    ),
    test_metrics: z.object({ written: z.int(), passing: z.int(), failing: z.int(), skipped: z.int() }),
    file_counts: z.object({ created: z.int(), modified: z.int(), deleted: z.int() }),
    bug_fixes: z.array(z.object({ id: z.string(), description: z.string() })),
    cost: z.object({
      total_usd: amount.describe("null while it is not known"),
      source: z.string(),
      call_count: z.int(),
      unpriced_call_count: z.int(),
      by_phase: spentRows,
      by_model: spentRows,
    }),
  }),
  names: { executionId: "id" },
  answer: async (reporting, input) =>
    presentRun(await reporting.execution(await withExecution(reporting, input, "id"))),
};

function presentRun(run: ReadRun) {
  const { fileMetrics: files, cost } = run;
  return {
    execution_id: run.id,
    ws_id: run.wsId,
    wp_id: run.wpId,
    executor: run.executor,
    status: run.status,
    started_at: asText(run.startedAt),
    completed_at: run.completedAt && asText(run.completedAt),
    duration_seconds: run.durationSeconds,
    rework_cycles: run.reworkCycles,
    phases: run.phases.map((phase) => ({
      event_id: phase.eventId,
      sequence: phase.sequence,
      name: phase.name.toLowerCase(),
      started_at: asText(phase.startedAt),
      completed_at: phase.completedAt && asText(phase.completedAt),
      duration_seconds: phase.durationSeconds,
      result: phase.result?.toLowerCase() ?? null,
    })),
    test_metrics: run.testMetrics,
    file_counts: {
      created: files.created.length,
      modified: files.modified.length,
      deleted: files.deleted.length,
    },
    bug_fixes: run.bugFixes.map(({ id, description }) => ({ id, description })),
    cost: {
      total_usd: cost.totalUsd,
      source: cost.source,
      call_count: cost.callCount,
      unpriced_call_count: cost.unpricedCallCount,
      by_phase: presentRows(cost.byPhase),
      by_model: presentRows(cost.byModel),
    },
  };
}

/** As JSON has it. */
export const asText = (time: Time) => (typeof time === "string" ? time : time.toISOString());

/** A model is shown so many rows. */
const shownRows = 10;

/** What was spent on what, the most first, without what a model has no use for. */
export const presentRows = (rows: ReadRun["cost"]["byPhase"]) =>
  rows
    .toSorted((one, other) => other.costUsd - one.costUsd)
    .slice(0, shownRows)
    .map(({ key, costUsd, callCount }) => ({ key, cost_usd: costUsd, call_count: callCount }));
