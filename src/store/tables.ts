import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import type { FileMetrics, TestMetrics } from "../domain/execution.js";
import {
  type CostSource,
  callSources,
  costSources,
  finalStatuses,
  phaseNames,
  phaseResults,
  statuses,
} from "../vocabulary.js";
import { literal, literals } from "./words.sql.js";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
/** One amount: at most 6 decimals, below a million. */
const usd = (name: string) => numeric(name, { precision: 12, scale: 6, mode: "number" });
/** A sum of amounts. */
const usdSum = (name: string) => numeric(name, { precision: 18, scale: 6, mode: "number" });

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
  ],
);

/** One event of one phase, keyed by the id its reporter gave it. */
export const wsPhases = pgTable(
  "ws_phases",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    wsExecutionId: uuid("ws_execution_id")
      .notNull()
      .references(() => wsExecutions.id),
    eventId: varchar("event_id").notNull(),
    sequence: integer("sequence").notNull(),
    /** The client's own sequence; null when the server counted. */
    reportedSequence: integer("reported_sequence"),
    name: varchar("name", { enum: phaseNames }).notNull(),
    startedAt: instant("started_at").notNull(),
    completedAt: instant("completed_at"),
    reportedDurationSeconds: integer("reported_duration_seconds"),
    durationSeconds: integer("duration_seconds").generatedAlwaysAs(
      sql`coalesce(floor(extract(epoch from completed_at - started_at))::integer, reported_duration_seconds)`,
    ),
    result: varchar("result", { enum: phaseResults }),
    testsWritten: integer("tests_written"),
    testsPassing: integer("tests_passing"),
    testsFailing: integer("tests_failing"),
    filesModified: integer("files_modified"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("ws_phases_event_unique").on(table.wsExecutionId, table.eventId),
    check("ws_phases_name_known", sql`${table.name} in (${literals(phaseNames)})`),
    check("ws_phases_result_known", sql`${table.result} in (${literals(phaseResults)})`),
    check("ws_phases_completed_after_start", sql`${table.completedAt} >= ${table.startedAt}`),
    check("ws_phases_sequence_positive", sql`${table.sequence} >= 1`),
    check(
      "ws_phases_counts_not_negative",
      sql`least(${table.testsWritten}, ${table.testsPassing}, ${table.testsFailing}, ${table.filesModified}, ${table.reportedDurationSeconds}) >= 0`,
    ),
  ],
);

export const wsBugFixes = pgTable(
  "ws_bug_fixes",
  {
    id: uuid("id").primaryKey(),
    wsExecutionId: uuid("ws_execution_id")
      .notNull()
      .references(() => wsExecutions.id),
    scopeId: varchar("scope_id"),
    description: text("description").notNull(),
    rootCause: text("root_cause").notNull(),
    testName: varchar("test_name").notNull(),
    fixSummary: text("fix_summary").notNull(),
    filesModified: jsonb("files_modified").$type<readonly string[]>().notNull().default([]),
    autonomous: boolean("autonomous").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("ws_bug_fixes_execution_idx").on(table.wsExecutionId, table.createdAt, table.id),
    index("ws_bug_fixes_created_at_idx").on(table.createdAt),
  ],
);

/**
 * One LLM call, whatever reported it. `claimed_execution_id` is what the call said and may name an execution
 * that does not exist yet; `ws_execution_id` is the execution it was attributed to. Token counts are disjoint.
 */
export const llmCalls = pgTable(
  "llm_calls",
  {
    sourceKey: varchar("source_key").primaryKey(),
    source: varchar("source", { enum: callSources }).notNull(),
    claimedExecutionId: uuid("claimed_execution_id"),
    wsExecutionId: uuid("ws_execution_id").references(() => wsExecutions.id),
    executorSessionId: varchar("executor_session_id"),
    phaseName: varchar("phase_name", { enum: phaseNames }),
    documentType: varchar("document_type"),
    provider: varchar("provider"),
    model: varchar("model").notNull(),
    startedAt: instant("started_at").notNull(),
    inputTokens: integer("input_tokens"),
    cacheReadTokens: integer("cache_read_tokens"),
    cacheWrite5mTokens: integer("cache_write_5m_tokens"),
    cacheWrite1hTokens: integer("cache_write_1h_tokens"),
    outputTokens: integer("output_tokens"),
    reportedCostUsd: usd("reported_cost_usd"),
    computedCostUsd: usd("computed_cost_usd"),
    priceVersion: varchar("price_version"),
    costUsd: usd("cost_usd").generatedAlwaysAs(sql`coalesce(reported_cost_usd, computed_cost_usd)`),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    check("llm_calls_source_known", sql`${table.source} in (${literals(callSources)})`),
    check("llm_calls_phase_known", sql`${table.phaseName} in (${literals(phaseNames)})`),
    check(
      "llm_calls_counts_not_negative",
      sql`least(${table.inputTokens}, ${table.cacheReadTokens}, ${table.cacheWrite5mTokens}, ${table.cacheWrite1hTokens}, ${table.outputTokens}) >= 0 and coalesce(${table.reportedCostUsd}, 0) >= 0`,
    ),
    index("llm_calls_execution_idx").on(table.wsExecutionId, table.startedAt),
    index("llm_calls_started_at_idx").on(table.startedAt),
    index("llm_calls_waiting_idx").on(table.claimedExecutionId).where(sql`${table.wsExecutionId} is null`),
  ],
);

/** The executor's own sessions that worked on an execution. */
export const wsExecutionSessions = pgTable(
  "ws_execution_sessions",
  {
    wsExecutionId: uuid("ws_execution_id")
      .notNull()
      .references(() => wsExecutions.id),
    executorSessionId: varchar("executor_session_id").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.wsExecutionId, table.executorSessionId] }),
    index("ws_execution_sessions_session_idx").on(table.executorSessionId),
  ],
);
