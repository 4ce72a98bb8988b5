/** What stands where nothing is known: never a zero. */
export const unknown = "–";

type Maybe = number | null | undefined;

/** An amount with the cents that matter: `$1,234.50`, `$0.0187`, `$0.000012`. */
export function dollars(usd: Maybe): string {
  if (usd === null || usd === undefined) return unknown;
  const digits = usd === 0 || usd >= 1 ? 2 : usd >= 0.01 ? 4 : 6;
  return `$${usd.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** Seconds as a person says them: `42s`, `3m 05s`, `2h 10m`, `3d 04h`. */
export function duration(seconds: Maybe): string {
  if (seconds === null || seconds === undefined) return unknown;
  const whole = Math.round(seconds);
  const parts: readonly (readonly [number, string, number, string])[] = [
    [86_400, "d", 3_600, "h"],
    [3_600, "h", 60, "m"],
    [60, "m", 1, "s"],
  ];
  const found = parts.find(([unit]) => whole >= unit);
  if (found === undefined) return `${whole}s`;
  const [unit, name, part, partName] = found;
  const rest = Math.floor((whole % unit) / part);
  return `${Math.floor(whole / unit)}${name} ${String(rest).padStart(2, "0")}${partName}`;
}

/** A fraction as a percentage, with a decimal where it tells something; only nothing is 0%, only all is 100%. */
export function percentage(fraction: Maybe): string {
  if (fraction === null || fraction === undefined) return unknown;
  const tenths = Math.round(fraction * 1000);
  if (tenths === 0 && fraction > 0) return `<${1 / 10}%`;
  if (tenths === 1000 && fraction < 1) return `>${999 / 10}%`;
  return `${tenths / 10}%`;
}

/** A count with separators. */
export const count = (number: Maybe): string =>
  number === null || number === undefined ? unknown : number.toLocaleString("en-US");

/** A mean with at most one decimal. */
export const mean = (number: Maybe): string =>
  number === null || number === undefined
    ? unknown
    : number.toLocaleString("en-US", { maximumFractionDigits: 1 });

/** By how much a figure went up or down, behind it; nothing where that is not known, or it stayed. */
export function went(difference: Maybe, spell: (size: number) => string): string {
  if (!difference) return "";
  return ` ${difference > 0 ? "▲" : "▼"}${spell(Math.abs(difference))}`;
}

/** The day of an instant in a time zone; in UTC where Node knows no zone of that name. */
export function dayOf(instant: string, timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date(instant));
  } catch {
    return instant.slice(0, 10);
  }
}

/** An instant to the minute, in UTC. */
export const minute = (instant: string | null | undefined): string =>
  instant ? `${instant.slice(0, 10)} ${instant.slice(11, 16)}` : unknown;
