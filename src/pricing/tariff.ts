import type { ModelUsage } from "../domain/price.js";
import { isUsd, usdOf } from "../domain/usd.js";
import { exact, roundHalfEven } from "./decimal.js";

/** What a source of prices states: USD per million tokens. */
export interface StatedRates {
  readonly input: number;
  /** Not stated it is that of the input. */
  readonly cacheRead?: number | undefined;
  /** Not stated it is that of the input. */
  readonly cacheWrite5m?: number | undefined;
  /** Not stated it is that of the shorter cache. */
  readonly cacheWrite1h?: number | undefined;
  /** Not stated, what a call with output costs is not known. */
  readonly output?: number | undefined;
  /** USD per thousand calls, beside their tokens. */
  readonly calls?: number | undefined;
}

/** What a source states of calls above a size; what it does not state is as below that size. */
export interface StatedTier {
  /** Reached by more input tokens than that, those of the caches included; then it holds for all tokens of the call. */
  readonly aboveInputTokens: number;
  readonly rates: Partial<StatedRates>;
}

/** What calls to a model cost at one time, exactly. */
export interface Tariff {
  readonly base: Rates;
  /** The lowest first. */
  readonly tiers: readonly { readonly aboveInputTokens: number; readonly rates: Rates }[];
}

/** The tariffs of a model through time; undefined at a time for which none is known. */
export type Tariffs = (at: Date) => Tariff | undefined;

/** Somebody who knows prices. */
export interface TariffSource {
  /** Changes when any price of it may have. */
  readonly version: string;
  /** Undefined when the model is not known; without a provider it is looked up by its name alone. */
  tariffsOf(model: string, provider: string | undefined): Tariffs | undefined;
}

const kinds = [
  "inputTokens",
  "cacheReadTokens",
  "cacheWrite5mTokens",
  "cacheWrite1hTokens",
  "outputTokens",
] as const;

type Kind = (typeof kinds)[number];

/** Exact micro-dollars per token, which is the same number as USD per million tokens, and per call. */
type Rates = Readonly<Record<Kind, bigint | undefined>> & { readonly call: bigint };

/** The tariff that a source states. */
export function tariffOf(base: StatedRates, tiers: readonly StatedTier[] = []): Tariff {
  let stated = base;
  const upwards = tiers.toSorted((one, other) => one.aboveInputTokens - other.aboveInputTokens);
  return {
    base: ratesOf(base),
    tiers: upwards.map(({ aboveInputTokens, rates }) => {
      stated = { ...stated, ...rates };
      return { aboveInputTokens, rates: ratesOf(stated) };
    }),
  };
}

function ratesOf({ input, output, calls = 0, ...caches }: StatedRates): Rates {
  const { cacheRead = input, cacheWrite5m = input, cacheWrite1h = cacheWrite5m } = caches;
  return {
    inputTokens: exact(input),
    cacheReadTokens: exact(cacheRead),
    cacheWrite5mTokens: exact(cacheWrite5m),
    cacheWrite1hTokens: exact(cacheWrite1h),
    outputTokens: output === undefined ? undefined : exact(output),
    call: exact(calls) * 1_000n,
  };
}

/**
 * What a usage costs in USD: every token at its rate, rounded once, half-even, to 6 decimals. Undefined when it names no
 * token count at all, has tokens without a rate, or costs more than an amount can be.
 */
export function costUsd(tariff: Tariff, usage: ModelUsage): number | undefined {
  if (kinds.every((kind) => usage[kind] === undefined)) return undefined;
  const rates = ratesFor(tariff, usage);
  let micros = rates.call * BigInt(Math.max(usage.callCount ?? 1, 1));
  for (const kind of kinds) {
    const tokens = BigInt(usage[kind] ?? 0);
    const rate = tokens === 0n ? 0n : rates[kind];
    if (rate === undefined) return undefined;
    micros += tokens * rate;
  }
  const usd = usdOf(roundHalfEven(micros));
  return isUsd(usd) ? usd : undefined;
}

/** The rates of calls of that size; those of the smallest when the tokens are a total of nobody knows how many. */
function ratesFor({ base, tiers }: Tariff, { callCount = 1, ...tokens }: ModelUsage): Rates {
  const { inputTokens = 0, cacheReadTokens = 0, cacheWrite5mTokens = 0, cacheWrite1hTokens = 0 } = tokens;
  const total = inputTokens + cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens;
  if (callCount === 0) return base;
  return tiers.findLast(({ aboveInputTokens }) => total / callCount > aboveInputTokens)?.rates ?? base;
}
