const places = 24;
const one = 10n ** BigInt(places);

/**
 * The decimal number that `value` prints as, in units of 10^-24: `0.1` is a tenth, and not the binary fraction next to
 * it. No number from 10^-7 on prints with more decimals than that.
 * @throws RangeError when a smaller one has more
 */
export function exact(value: number): bigint {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return BigInt(whole + fraction) * 10n ** BigInt(places - fraction.length + Number(exponent));
}

/** The whole number nearest to an {@link exact} one that is not negative; between two of them the even one. */
export function roundHalfEven(units: bigint): bigint {
  const below = units / one;
  const twiceTheRest = 2n * (units % one);
  const isUp = twiceTheRest > one || (twiceTheRest === one && below % 2n === 1n);
  return isUp ? below + 1n : below;
}
