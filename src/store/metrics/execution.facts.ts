import { type SQL, sql } from "drizzle-orm";
import { finalStatuses, type Status } from "../../vocabulary.js";
import { mainModel } from "../main-model.sql.js";
import { literal, literals } from "../words.sql.js";
import type { Formula } from "./aggregates.js";
import type { Facts } from "./facts.js";

import { ratio } from "./ratio.sql.js";
import { runDimensions } from "./run-dimensions.sql.js";

const isCompleted = sql`runs.status = ${literal<Status>("COMPLETED")}`;
const isSettled = sql`runs.status in (${literals(finalStatuses)})`;
const isFirstPass = sql`${isCompleted} and runs.rework_cycles = 0`;
const ifCompleted = (value: SQL) => sql`case when ${isCompleted} then ${value} end`;
const tests = (name: string) => sql`(runs.test_metrics ->> ${sql.raw(`'${name}'`)})::integer`;
const bugFixes = sql`select count(*) from ws_bug_fixes as fixes where fixes.ws_execution_id = runs.id`;

/** What the runs cost for each of those that a condition holds of; null when no cost is known. */
const costPer =
  (condition: SQL): Formula =>
  (of) =>
    sql`round(${ratio(of.sum(sql`runs.cost_usd`), of.count(condition))}, 6)`;

/** Runs. */
export const executionFacts: Facts<"executions"> = {
  from: sql`ws_executions as runs`,
  clock: sql`runs.started_at`,
  dimensions: { ...runDimensions, cost_source: sql`runs.cost_source`, model: mainModel("runs") },
  measures: {
    count: (of) => of.count(),
    ws_count: (of) => of.whole(sql`count(distinct runs.ws_id)`),
    completed_count: (of) => of.count(isCompleted),
    first_pass_count: (of) => of.count(isFirstPass),
    success_rate: (of) => ratio(of.count(isCompleted), of.count()),
    settled_success_rate: (of) => ratio(of.count(isCompleted), of.count(isSettled)),
    first_pass_rate: (of) => ratio(of.count(isFirstPass), of.count(isCompleted)),
    cost_coverage: (of) => ratio(of.count(sql`runs.cost_usd is not null`), of.count()),
    cost_per_completed_usd: costPer(isCompleted),
    cost_per_first_pass_usd: costPer(isFirstPass),
    duration_seconds: sql`runs.duration_seconds`,
    completed_duration_seconds: ifCompleted(sql`runs.duration_seconds`),
    cost_usd: sql`runs.cost_usd`,
    logged_cost_usd: sql`runs.logged_cost_usd`,
    reported_cost_usd: sql`runs.llm_cost_usd`,
    llm_calls: sql`runs.logged_call_count`,
    unpriced_llm_calls: sql`runs.logged_unpriced_call_count`,
    reported_tokens_in: sql`runs.llm_tokens_in`,
    reported_tokens_out: sql`runs.llm_tokens_out`,
    tests_written: sql`runs.tests_written`,
    tests_passing: tests("passing"),
    tests_failing: tests("failing"),
    tests_skipped: tests("skipped"),
    files_touched: sql`(
      jsonb_array_length(runs.file_metrics -> 'created') + jsonb_array_length(runs.file_metrics -> 'modified')
        + jsonb_array_length(runs.file_metrics -> 'deleted'))`,
    rework_cycles: sql`runs.rework_cycles`,
    completed_rework_cycles: ifCompleted(sql`runs.rework_cycles`),
    bug_fixes: sql`(${bugFixes})`,
    autonomous_bug_fixes: sql`(${bugFixes} and fixes.autonomous)`,
  },
};
