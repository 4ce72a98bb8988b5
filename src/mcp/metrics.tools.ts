import { z } from "zod";
import { windows } from "../vocabulary.js";
import { asText, presentRows } from "./execution.tools.js";
import { amount, spentRows } from "./fields.js";
import { reads, type Tool } from "./tool.js";

/** Shows the figures of a window. */
export const getMetrics: Tool = {
  name: "get_metrics",
  title: "Show metrics",
  description:
    "Figures of a window that ends now: runs, rates from 0 to 1, durations, and cost in USD by phase and model.",
  annotations: reads,
  input: () => z.strictObject({ window: z.enum(windows).optional().describe("7d when absent.") }),
  output: z.object({
    from: z.string().nullable(),
    to: z.string(),
    total_runs: z.int(),
    completed_runs: z.int(),
    success_rate: amount,
    first_pass_rate: amount,
    average_duration_seconds: amount,
    p95_duration_seconds: amount,
    total_llm_cost_usd: z.number(),
    cost_per_completed_ws: amount,
    autonomous_bug_fix_count: z.int(),
    unpriced_call_count: z.int(),
    by_phase: spentRows,
    by_model: spentRows,
  }),
  answer: async (reporting, input) => {
    const { scoreboard, byPhase, byModel, unpricedCallCount } = await reporting.metrics(input);
    return {
      from: scoreboard.from && asText(scoreboard.from),
      to: asText(scoreboard.to),
      total_runs: scoreboard.totalRuns,
      completed_runs: scoreboard.completedRuns,
      success_rate: scoreboard.successRate,
      first_pass_rate: scoreboard.firstPassVerifyRate,
      average_duration_seconds: scoreboard.averageDurationSeconds,
      p95_duration_seconds: scoreboard.p95DurationSeconds,
      total_llm_cost_usd: scoreboard.llmCostUsd,
      cost_per_completed_ws: scoreboard.costPerCompletedWsUsd,
      autonomous_bug_fix_count: scoreboard.autonomousBugFixCount,
      unpriced_call_count: unpricedCallCount,
      by_phase: presentRows(byPhase),
      by_model: presentRows(byModel),
    };
  },
};
