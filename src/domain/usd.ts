/** The largest amount a client may report, in USD. */
export const maxUsd = 999_999.999999;

/** What would be right, for the message of a refusal. */
export const usdRule = "must be an amount from 0 to 999999.999999 with at most 6 decimals";

/** An amount in whole micro-dollars, in which sums are exact. */
export const microsOf = (usd: number): bigint => BigInt(Math.round(usd * 1e6));

export const usdOf = (micros: bigint): number => Number(micros) / 1e6;

/** Whether `amount` is money a client may report: 0 to 999,999.999999 with at most 6 decimals. */
export function isUsd(amount: number): boolean {
  return amount >= 0 && amount <= maxUsd && Number(amount.toFixed(6)) === amount;
}

/** Amounts added up to the micro-dollar; null when none of them is known. */
export function sumUsd(amounts: readonly (number | null)[]): number | null {
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0) return null;
  return usdOf(known.reduce((micros, usd) => micros + microsOf(usd), 0n));
}

/** What of an amount is not in its parts, to the micro-dollar; null when the amount is not known. */
export const restUsd = (whole: number | null, parts: readonly (number | null)[]): number | null =>
  whole === null ? null : usdOf(microsOf(whole) - microsOf(sumUsd(parts) ?? 0));
