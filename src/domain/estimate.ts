import type { Execution } from "./execution.js";
import type { ComputedCost, PriceBook } from "./price.js";

/** What of a run its estimate depends on. */
export type EstimatedRun = Pick<Execution, "llmModel" | "llmTokensIn" | "llmTokensOut" | "startedAt">;

/**
 * What the reported tokens of a run cost; null for a run that names no model or no tokens, or whose model has no known
 * price. All tokens that were sent are priced as input: a run's totals do not say which of them a cache answered.
 */
export function estimateOf(prices: PriceBook, run: EstimatedRun): ComputedCost | null {
  if (run.llmModel === null || run.llmTokensIn + run.llmTokensOut === 0) return null;
  const tokens = { inputTokens: run.llmTokensIn, outputTokens: run.llmTokensOut };
  return prices.costOf({ model: run.llmModel, startedAt: run.startedAt, ...tokens }) ?? null;
}
