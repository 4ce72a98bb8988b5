import type { Range } from "./report.js";

const quarterHourMs = 900_000;
/** A day of UTC, in milliseconds. */
export const dayMs = 86_400_000;

/** What a range of whole quarter hours is made of, without gap or overlap; empty parts are left out. */
export interface RangeParts {
  /** Whole UTC days, next to each other; without `from` when the range has none. */
  readonly days: readonly Range[];
  /** Whole quarter hours of UTC before and after the days. */
  readonly quarterHours: readonly Range[];
}

/** Cuts a range of whole quarter hours at the edges of days, so that what is kept of whole days can be added up. */
export function partsOf(range: Range): RangeParts {
  const days = wholeDays(range);
  return days === undefined
    ? { days: [], quarterHours: [range] }
    : { days: [days], quarterHours: around(range, days) };
}

/** The narrowest range of whole quarter hours that holds a range. */
export const quarterHoursAround = ({ from, to }: Range): Range => ({
  from: from && new Date(Math.floor(from.getTime() / quarterHourMs) * quarterHourMs),
  to: new Date(Math.ceil(to.getTime() / quarterHourMs) * quarterHourMs),
});

/** The days that lie wholly in a range. */
function wholeDays({ from, to }: Range): Range | undefined {
  const start = from && new Date(Math.ceil(from.getTime() / dayMs) * dayMs);
  const end = new Date(Math.floor(to.getTime() / dayMs) * dayMs);
  return start === null || start < end ? { from: start, to: end } : undefined;
}

/** What `outer` has before and after `inner`. */
function around(outer: Range, inner: Range): readonly Range[] {
  const before = inner.from === null ? [] : [{ from: outer.from, to: inner.from }];
  return [...before, { from: inner.to, to: outer.to }].filter(({ from, to }) => from === null || from < to);
}
