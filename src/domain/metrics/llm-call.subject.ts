import type { SubjectDefinition } from "./definition.js";
import { runDimensions } from "./run-dimensions.js";

const noRun = "the call belongs to no run";
const notTold = "the call did not tell them";

/** LLM calls, by when they started. */
export const llmCallSubject = {
  definition: "LLM calls, whether they belong to a run or not.",
  clock: "startedAt of the call",
  dimensions: {
    ws_id: { ...runDimensions.ws_id, nullMeans: noRun },
    wp_id: { ...runDimensions.wp_id, nullMeans: `${noRun}, or its run to no Work Package` },
    scope_id: { ...runDimensions.scope_id, nullMeans: `${noRun}, or its run has no scope` },
    executor: { ...runDimensions.executor, nullMeans: noRun },
    status: { ...runDimensions.status, nullMeans: noRun },
    phase: {
      definition:
        "The phase that the call names, else the one that was open alone in its run when it started.",
      nullMeans: "it names none, and no phase or several were open",
    },
    model: { definition: "The model, as its provider names it." },
    provider: { definition: "Who serves the model.", nullMeans: "the call did not say" },
    document_type: { definition: "The kind of document it worked on.", nullMeans: "the call did not say" },
    call_source: { definition: "How the call reached the product." },
    attributed: { definition: "Whether it belongs to a known run." },
  },
  measures: {
    count: { kind: "count", unit: "{call}", definition: "LLM calls.", formula: "count of calls" },
    execution_count: {
      kind: "count",
      unit: "{run}",
      definition: "Different runs among the calls.",
      formula: "count of distinct executionId",
    },
    unpriced_count: {
      kind: "count",
      unit: "{call}",
      definition: "Calls whose cost is unknown.",
      formula: "count of calls without a cost",
    },
    priced_rate: {
      kind: "ratio",
      unit: "1",
      definition: "The fraction of calls whose cost is known.",
      formula: "calls with a cost / calls",
      nullMeans: "there are no calls",
    },
    unattributed_cost_rate: {
      kind: "ratio",
      unit: "1",
      definition: "The fraction of the known cost that belongs to no known run.",
      formula: "cost of calls without a run / cost of all calls",
      nullMeans: "nothing was spent, as far as it is known",
    },
    cache_read_rate: {
      kind: "ratio",
      unit: "1",
      definition: "The fraction of input tokens that came from a cache.",
      formula: "cacheReadTokens / (inputTokens + cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens)",
      nullMeans: "no input tokens are known",
    },
    cost_usd: {
      kind: "value",
      unit: "USD",
      definition: "What the call cost.",
      formula: "what was reported, else tokens x price when it started, rounded half-even to 6 decimals",
      nullMeans: "no cost was reported, and its model has no known price",
    },
    input_tokens: {
      kind: "value",
      unit: "{token}",
      definition: "Input tokens that no cache was involved in.",
      formula: "inputTokens as reported",
      nullMeans: notTold,
    },
    cache_read_tokens: {
      kind: "value",
      unit: "{token}",
      definition: "Input tokens read from a cache.",
      formula: "cacheReadTokens as reported",
      nullMeans: notTold,
    },
    cache_write_5m_tokens: {
      kind: "value",
      unit: "{token}",
      definition: "Input tokens written to a cache for 5 minutes.",
      formula: "cacheWrite5mTokens as reported",
      nullMeans: notTold,
    },
    cache_write_1h_tokens: {
      kind: "value",
      unit: "{token}",
      definition: "Input tokens written to a cache for an hour.",
      formula: "cacheWrite1hTokens as reported",
      nullMeans: notTold,
    },
    output_tokens: {
      kind: "value",
      unit: "{token}",
      definition: "Output tokens.",
      formula: "outputTokens as reported",
      nullMeans: notTold,
    },
    tokens: {
      kind: "value",
      unit: "{token}",
      definition: "Tokens of all five buckets.",
      formula: "the buckets that were reported, added up",
      nullMeans: "the call told none of them",
    },
  },
} as const satisfies SubjectDefinition;
