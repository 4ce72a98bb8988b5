/** The bounds of a rate, fractions from 0 to 1. */
export interface RateInterval {
  readonly low: number;
  readonly high: number;
}

/** The quantile of the standard normal distribution that leaves 2.5 % above it. */
const z = 1.959964;

/**
 * The 95 % score interval of a rate that was observed in `count` cases; null without any:
 * (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n). Source: E. B. Wilson, Probable Inference, the Law of Succession,
 * and Statistical Inference, Journal of the American Statistical Association 22 (1927), p. 209-212.
 */
export function wilsonInterval(rate: number | null, count: number): RateInterval | null {
  if (rate === null || count === 0) return null;
  const share = (z * z) / count;
  const center = rate + share / 2;
  const spread = z * Math.sqrt((rate * (1 - rate)) / count + share / (4 * count));
  // Rounding must not put a bound on the wrong side of the rate, or outside of what a rate can be.
  return {
    low: Math.max(0, Math.min(rate, (center - spread) / (1 + share))),
    high: Math.min(1, Math.max(rate, (center + spread) / (1 + share))),
  };
}
