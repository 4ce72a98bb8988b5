import { microsOf, usdOf } from "../domain/usd.js";

type Amount = number | null;

/** Amounts added up to the micro-dollar; null when none of them is known. */
export function sumOf(amounts: readonly Amount[]): Amount {
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0) return null;
  return usdOf(known.reduce((micros, usd) => micros + microsOf(usd), 0n));
}

/** What of an amount is not in its parts; null when the amount is not known. */
export function restOf(whole: Amount, parts: readonly Amount[]): Amount {
  return whole === null ? null : usdOf(microsOf(whole) - microsOf(sumOf(parts) ?? 0));
}
