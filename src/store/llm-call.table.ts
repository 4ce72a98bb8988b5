import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, uuid, varchar } from "drizzle-orm/pg-core";
import { callSources, phaseNames } from "../vocabulary.js";
import { instant, usd } from "./columns.js";
import { wsExecutions } from "./execution.table.js";
import { literals } from "./words.sql.js";

/**
 * One LLM call, whatever reported it. `claimed_execution_id` is what the call said and may name an execution
 * that does not exist yet; `ws_execution_id` is the execution it was attributed to. Token counts are disjoint.
 * `source_fingerprint` tells whether a row of the external log changed since it was copied.
 */
export const llmCalls = pgTable(
  "llm_calls",
  {
    sourceKey: varchar("source_key").primaryKey(),
    source: varchar("source", { enum: callSources }).notNull(),
    sourceFingerprint: varchar("source_fingerprint"),
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
    index("llm_calls_session_idx")
      .on(table.executorSessionId, table.startedAt)
      .where(sql`${table.claimedExecutionId} is null and ${table.executorSessionId} is not null`),
  ],
);
