import type { Execution } from "./execution.js";
import type { ComputedCost, PriceBook } from "./price.js";

/** What of a run its estimate depends on. */
export type EstimatedRun = Pick<
  Execution,
  "llmModel" | "llmCalls" | "llmTokensIn" | "llmTokensOut" | "startedAt"
>;

/**
 * What the reported tokens of a run cost; null for a run that names no model or no tokens, or whose model has no known
 * price. All tokens that were sent are priced as input: a run's totals do not say which of them a cache answered. Nor
 * do they say how large each call was, which is taken to be the average.
 */
export function estimateOf(prices: PriceBook, run: EstimatedRun): ComputedCost | null {
  const { llmModel: model, llmCalls: callCount, llmTokensIn, llmTokensOut, startedAt } = run;
  if (model === null || llmTokensIn + llmTokensOut === 0) return null;
  const tokens = { inputTokens: llmTokensIn, outputTokens: llmTokensOut };
  return prices.costOf({ model, callCount, startedAt, ...tokens }) ?? null;
}
