import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, uuid, varchar } from "drizzle-orm/pg-core";
import type { FileMetrics, TestMetrics } from "../domain/execution.js";
import {
  type CostSource,
  costSources,
  finalStatuses,
  phaseNames,
  phaseResults,
  type Status,
  statuses,
} from "../vocabulary.js";
import { instant, usd, usdSum } from "./columns.js";
import { literal, literals } from "./words.sql.js";

/** One phase as the `phase_metrics` document spells it; counters stand only where they were reported. */
export interface PhaseEntry {
  readonly event_id: string;
  readonly sequence: number;
  readonly name: (typeof phaseNames)[number];
  readonly started_at: string;
  readonly completed_at: string | null;
  readonly duration_seconds: number | null;
  readonly result: (typeof phaseResults)[number] | null;
  readonly tests_written?: number;
  readonly tests_passing?: number;
  readonly tests_failing?: number;
  readonly files_modified?: number;
}

/**
 * One run of a Work Statement. `reported_*` hold what the executor said, `derived_*` what its phases show,
 * `logged_*` the sums of its recorded LLM calls; the columns people read are generated from them, so that they
 * cannot disagree.
 */
export const wsExecutions = pgTable(
  "ws_executions",
  {
    id: uuid("id").primaryKey(),
    wsId: varchar("ws_id").notNull(),
    wpId: varchar("wp_id"),
    scopeId: varchar("scope_id"),
    executor: varchar("executor").notNull(),
    status: varchar("status", { enum: statuses }).notNull().default("STARTED"),
    startedAt: instant("started_at").notNull(),
    completedAt: instant("completed_at"),
    durationSeconds: integer("duration_seconds").generatedAlwaysAs(
      sql`floor(extract(epoch from completed_at - started_at))::integer`,
    ),
    phaseMetrics: jsonb("phase_metrics")
      .$type<{ readonly phases: readonly PhaseEntry[] }>()
      .notNull()
      .default({ phases: [] }),
    reportedTestMetrics: jsonb("reported_test_metrics").$type<Partial<TestMetrics>>().notNull().default({}),
    derivedTestMetrics: jsonb("derived_test_metrics")
      .$type<TestMetrics>()
      .notNull()
      .default({ written: 0, passing: 0, failing: 0, skipped: 0 }),
    testMetrics: jsonb("test_metrics")
      .$type<TestMetrics>()
      .notNull()
      .generatedAlwaysAs(sql`derived_test_metrics || reported_test_metrics`),
    testsWritten: integer("tests_written")
      .notNull()
      .generatedAlwaysAs(sql`((derived_test_metrics || reported_test_metrics) ->> 'written')::integer`),
    fileMetrics: jsonb("file_metrics")
      .$type<FileMetrics>()
      .notNull()
      .default({ created: [], modified: [], deleted: [] }),
    reportedReworkCycles: integer("reported_rework_cycles"),
    derivedReworkCycles: integer("derived_rework_cycles").notNull().default(0),
    reworkCycles: integer("rework_cycles")
      .notNull()
      .generatedAlwaysAs(sql`greatest(coalesce(reported_rework_cycles, 0), derived_rework_cycles)`),
    llmCalls: integer("llm_calls").notNull().default(0),
    llmTokensIn: integer("llm_tokens_in").notNull().default(0),
    llmTokensOut: integer("llm_tokens_out").notNull().default(0),
    llmCostUsd: usd("llm_cost_usd"),
    llmModel: varchar("llm_model"),
    estimatedCostUsd: usd("estimated_cost_usd"),
    estimatePriceVersion: varchar("estimate_price_version"),
    loggedCallCount: integer("logged_call_count").notNull().default(0),
    loggedUnpricedCallCount: integer("logged_unpriced_call_count").notNull().default(0),
    loggedCostUsd: usdSum("logged_cost_usd"),
    costUsd: usdSum("cost_usd").generatedAlwaysAs(
      sql`coalesce(logged_cost_usd, llm_cost_usd, estimated_cost_usd)`,
    ),
    costSource: varchar("cost_source", { enum: costSources })
      .notNull()
      .generatedAlwaysAs(
        sql`case
        when logged_cost_usd is not null then ${literal<CostSource>("LLM_LOG")}
        when llm_cost_usd is not null then ${literal<CostSource>("EXECUTOR_REPORTED")}
        when estimated_cost_usd is not null then ${literal<CostSource>("PRICED")}
        else ${literal<CostSource>("NONE")} end`,
      ),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    check("ws_executions_status_known", sql`${table.status} in (${literals(statuses)})`),
    check(
      "ws_executions_completed_when_final",
      sql`(${table.status} in (${literals(finalStatuses)})) = (${table.completedAt} is not null)`,
    ),
    check("ws_executions_completed_after_start", sql`${table.completedAt} >= ${table.startedAt}`),
    check(
      "ws_executions_counts_not_negative",
      sql`least(${table.reportedReworkCycles}, ${table.llmCalls}, ${table.llmTokensIn}, ${table.llmTokensOut}) >= 0 and coalesce(${table.llmCostUsd}, 0) >= 0`,
    ),
    index("ws_executions_started_at_idx").on(table.startedAt.desc(), table.id),
    index("ws_executions_ws_id_idx").on(table.wsId, table.startedAt.desc(), table.id),
    index("ws_executions_wp_id_idx").on(table.wpId, table.startedAt.desc(), table.id),
    index("ws_executions_completed_duration_idx")
      .on(table.durationSeconds, table.startedAt)
      .where(sql`${table.status} = ${literal<Status>("COMPLETED")}`),
  ],
);
