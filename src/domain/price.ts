/** Disjoint token counts of one LLM call; what was not said counts as none. */
export interface TokenUsage {
  /** Tokens that were neither read from a cache nor written to one. */
  readonly inputTokens?: number | undefined;
  readonly cacheReadTokens?: number | undefined;
  readonly cacheWrite5mTokens?: number | undefined;
  readonly cacheWrite1hTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/** What a price depends on besides the tokens. */
export interface PricedCall extends TokenUsage {
  readonly provider?: string | undefined;
  readonly model: string;
  /** A call is priced by the price that was valid then. */
  readonly startedAt: Date;
  /** How many calls the tokens are the total of, 0 when nobody knows; 1 unless said. A price may depend on their size. */
  readonly calls?: number | undefined;
}

/** What the tokens of a call cost. */
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
  /** Undefined when the price is not known, or the call says nothing about tokens. */
  costOf(call: PricedCall): ComputedCost | undefined;
}

/** Knows no price. */
export const noPrices: PriceBook = { version: "none", costOf: () => undefined };
