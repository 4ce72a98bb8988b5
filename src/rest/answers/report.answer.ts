import { z } from "zod";
import { statuses, windows } from "../../vocabulary.js";
import { count, instant, rate, seconds, usd } from "./fields.js";

const change = (value: z.ZodType<number>, id: string) =>
  z.object({ difference: value.nullable(), relative: z.number().nullable() }).meta({ id });
const countChange = change(z.int(), "CountChange");
const costChange = change(z.number(), "CostChange");
const difference = z.number().nullable();

/** What a dashboard says of a period. */
const periodFigures = {
  total_ws_completed: count,
  average_duration_seconds: seconds.nullable(),
  total_tests_written: count,
  total_bugs_fixed_autonomously: count,
  total_llm_cost_usd: usd,
  rework_cycle_average: z.number().min(0).nullable(),
  cost_per_ws: usd.nullable(),
};

export const dashboardAnswer = z
  .object({
    from: instant,
    to: instant,
    as_of: instant,
    ...periodFigures,
    cost_per_ws_trend: z.array(
      z
        .object({
          start: instant,
          end: instant,
          completed_count: count,
          llm_cost_usd: usd,
          cost_per_ws: usd.nullable(),
        })
        .meta({ id: "TrendPoint" }),
    ),
    is_small_sample: z.boolean().optional(),
    previous: z
      .object({ from: instant, to: instant, ...periodFigures, is_small_sample: z.boolean() })
      .meta({ id: "PreviousPeriod" })
      .nullish(),
    change: z
      .object({
        total_ws_completed: countChange,
        average_duration_seconds: difference,
        total_tests_written: countChange,
        total_bugs_fixed_autonomously: countChange,
        total_llm_cost_usd: costChange,
        rework_cycle_average: difference,
        cost_per_ws: costChange,
        is_small_sample: z.boolean(),
      })
      .meta({ id: "DashboardChange" })
      .nullish(),
  })
  .meta({ id: "Dashboard" });

/** What a scoreboard says of some runs. */
const runFigures = {
  total_runs: count,
  success_rate: rate.nullable(),
  settled_success_rate: rate.nullable(),
  average_duration_seconds: seconds.nullable(),
  p95_duration_seconds: seconds.nullable(),
  first_pass_rate: rate.nullable(),
  total_llm_cost_usd: usd,
  cost_per_completed_ws: usd.nullable(),
  autonomous_bug_fix_count: count,
};

export const scoreboardAnswer = z
  .object({
    window: z.enum(windows),
    from: instant.nullable(),
    to: instant,
    as_of: instant,
    ...runFigures,
    runs_by_status: z
      .array(z.object({ status: z.enum(statuses), count }).meta({ id: "StatusCount" }))
      .readonly(),
    is_small_sample: z.boolean().optional(),
    previous: z
      .object({ from: instant, to: instant, ...runFigures, is_small_sample: z.boolean() })
      .meta({ id: "PreviousWindow" })
      .nullish(),
    change: z
      .object({
        total_runs: countChange,
        success_rate: difference,
        settled_success_rate: difference,
        average_duration_seconds: difference,
        p95_duration_seconds: difference,
        first_pass_rate: difference,
        total_llm_cost_usd: costChange,
        cost_per_completed_ws: costChange,
        autonomous_bug_fix_count: countChange,
        is_small_sample: z.boolean(),
      })
      .meta({ id: "ScoreboardChange" })
      .nullish(),
  })
  .meta({ id: "Scoreboard" });

const rows = z.array(
  z
    .object({
      key: z.string().nullable(),
      cost_usd: usd,
      call_count: count,
      execution_count: count,
    })
    .meta({ id: "CostRow" }),
);

export const costSummaryAnswer = z
  .object({
    from: instant.nullable(),
    to: instant,
    as_of: instant,
    log_as_of: instant.nullable(),
    total_llm_cost_usd: usd,
    unattributed_usd: usd,
    unpriced_call_count: count,
    unpriced_models: z.array(z.string()).readonly(),
    by_document_type: rows,
    by_ws: rows,
    by_date: rows,
    by_model: rows,
    by_phase: rows,
    by_source: rows,
  })
  .meta({ id: "CostSummary" });
