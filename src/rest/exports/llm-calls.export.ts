import type { StoredLlmCall } from "../../domain/exported.js";
import { exportLlmCalls } from "../../operations/export.operations.js";
import { flag, type Parameters } from "../parameters.js";
import { type Columns, type Export, pagedExport, rowOf } from "./export.js";

const parameters: Parameters = {
  from: { field: "filter.startedFrom" },
  to: { field: "filter.startedTo" },
  ws_execution_id: { field: "filter.executionId" },
  ws_id: { field: "filter.wsId" },
  wp_id: { field: "filter.wpId" },
  executor: { field: "filter.executor" },
  model: { field: "filter.model" },
  provider: { field: "filter.provider" },
  document_type: { field: "filter.documentType" },
  source: { field: "filter.source" },
  attributed: { field: "filter.attributed", read: flag },
  priced: { field: "filter.priced", read: flag },
};

const columns: Columns<StoredLlmCall> = {
  source_key: ({ sourceKey }) => sourceKey,
  source: ({ source }) => source,
  ws_execution_id: ({ executionId }) => executionId,
  claimed_execution_id: ({ claimedExecutionId }) => claimedExecutionId,
  executor_session_id: ({ executorSessionId }) => executorSessionId,
  phase: ({ phase }) => phase,
  document_type: ({ documentType }) => documentType,
  provider: ({ provider }) => provider,
  model: ({ model }) => model,
  started_at: ({ startedAt }) => startedAt,
  input_tokens: ({ inputTokens }) => inputTokens,
  cache_read_tokens: ({ cacheReadTokens }) => cacheReadTokens,
  cache_write_5m_tokens: ({ cacheWrite5mTokens }) => cacheWrite5mTokens,
  cache_write_1h_tokens: ({ cacheWrite1hTokens }) => cacheWrite1hTokens,
  output_tokens: ({ outputTokens }) => outputTokens,
  cost_usd: ({ costUsd }) => costUsd,
  reported_cost_usd: ({ reportedCostUsd }) => reportedCostUsd,
  computed_cost_usd: ({ computedCostUsd }) => computedCostUsd,
  price_version: ({ priceVersion }) => priceVersion,
  created_at: ({ createdAt }) => createdAt,
};

/** LLM calls, whether they belong to a run or not. */
export const llmCallExport: Export<StoredLlmCall> = pagedExport({
  path: "/llm-calls",
  operation: exportLlmCalls,
  parameters,
  exported: "every LLM call that matches",
  columns,
  present: (call) => rowOf(columns, call),
});
