/** Disjoint token counts of one LLM call; what was not said counts as none. */
export interface TokenUsage {
  /** Tokens that were neither read from a cache nor written to one. */
  readonly inputTokens?: number | undefined;
  readonly cacheReadTokens?: number | undefined;
  readonly cacheWrite5mTokens?: number | undefined;
  readonly cacheWrite1hTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/** What was used of a model, in one call or in several; a price depends on all of it. */
export interface ModelUsage extends TokenUsage {
  readonly provider?: string | undefined;
  readonly model: string;
  /** It is priced by the price that was valid then. */
  readonly startedAt: Date;
  /** How many calls the tokens are the total of, 0 when nobody knows; 1 unless said. A price may depend on their size. */
  readonly callCount?: number | undefined;
}

/** What tokens cost. */
export interface ComputedCost {
  /** USD, rounded once, half-even, to 6 decimals. */
  readonly computedCostUsd: number;
  /** The prices it was computed with, such as `genai-prices@0.1.8`. */
  readonly priceVersion: string;
}

/** Where prices come from. */
export interface PriceBook {
  /** Names everything that prices come from; changes when any price may have. */
  readonly version: string;
  /** Undefined when the price is not known, no token count is named, or the cost is more than an amount can be. */
  costOf(usage: ModelUsage): ComputedCost | undefined;
}

/** Knows no price. */
export const noPrices: PriceBook = { version: "none", costOf: () => undefined };
