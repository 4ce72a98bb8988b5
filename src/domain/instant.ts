/** A source of the current time. */
export type Clock = () => Date;

/** What would be right, for the message of a refusal. */
export const instantRule = "must be an RFC 3339 time with an offset, such as 2026-02-23T10:00:00Z";

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/**
 * The instant that an RFC 3339 text names, cut to the millisecond; undefined when the text has no offset, names
 * a day that does not exist, or leaves the years 1 to 9999.
 */
export function parseInstant(text: string): Date | undefined {
  const [, year, month, day] = rfc3339.exec(text) ?? [];
  if (year === undefined || !isCalendarDay(Number(year), Number(month), Number(day))) return undefined;
  const instant = new Date(text.toUpperCase());
  const utcYear = instant.getUTCFullYear();
  return utcYear >= 1 && utcYear <= 9999 ? instant : undefined;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const dayMs = 86_400_000;
const earliest = new Date("2000-01-01T00:00:00Z");

/** What keeps a time from being one at which something happened that is reported now; empty when nothing does. */
export function happenedFaults(time: Date, now: Date): readonly string[] {
  const faults = [
    time < earliest && "must not be before 2000-01-01T00:00:00Z",
    time.getTime() > now.getTime() + dayMs && "must not be more than 24 hours ahead of the server's clock",
  ];
  return faults.filter((fault) => fault !== false);
}
