/** An amount of USD as whole micro-dollars, in which sums are exact. */
export type Micros = bigint;

export const microsOf = (usd: number): Micros => BigInt(Math.round(usd * 1e6));

export const microsOrNull = (usd: number | null | undefined): Micros | null =>
  usd === null || usd === undefined ? null : microsOf(usd);

export const usdOf = (micros: Micros): number => Number(micros) / 1e6;

/** The sum of what is known; 0 when nothing is. */
export const sumOf = (amounts: readonly (Micros | null)[]): Micros =>
  amounts.reduce<Micros>((sum, amount) => sum + (amount ?? 0n), 0n);

/** The sum of what is known; null when nothing is. */
export const knownSumOf = (amounts: readonly (Micros | null)[]): Micros | null =>
  amounts.every((amount) => amount === null) ? null : sumOf(amounts);

/** One of `count` equal shares, rounded half up to the micro-dollar. */
export const shareOf = (total: Micros, count: number): Micros =>
  (2n * total + BigInt(count)) / (2n * BigInt(count));
