/** What stands where nothing is known: never a zero, never nothing. */
export const unknown = "unknown";

/** What stands where there is nothing to know. */
export const none = "–";

type Maybe = number | null;

/** A figure as its words; the word for what is not known where it is null. */
const said = (spell: (value: number) => string) => (value: Maybe) =>
  value === null ? unknown : spell(value);

const micro = { minimumFractionDigits: 6, maximumFractionDigits: 6 };

/** An amount to the micro-dollar, so that what stands in a column adds up: `$0.018660`, `−$1.500000`. */
export const dollars = said((usd) => `${usd < 0 ? "−" : ""}$${Math.abs(usd).toLocaleString("en-US", micro)}`);

/** A count with separators. */
export const count = said((number) => number.toLocaleString("en-US"));

/** A count of things by their name: `1 run`, `2 runs`. */
export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

/** Whole seconds as a person says them: `42 s`, `3 min 05 s`, `26 h 10 min 00 s`. */
export const duration = said((seconds) => {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${minutes} min ${two(rest)} s`;
  return `${count(hours)} h ${two(minutes)} min ${two(rest)} s`;
});

/** A fraction as a percentage to a tenth; only nothing is 0%, only all is 100%. */
export const percentage = said((fraction) => {
  const tenths = Math.round(fraction * 1_000);
  if (tenths === 0 && fraction > 0) return `under ${1 / 10}%`;
  if (tenths === 1_000 && fraction < 1) return `over ${999 / 10}%`;
  return `${tenths / 10}%`;
});
