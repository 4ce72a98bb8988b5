import type { Range } from "./report.js";

const quarterHourMs = 900_000;
export const dayMs = 86_400_000;

/** What a range is made of, without gap or overlap; empty parts are left out. */
export interface RangeParts {
  /** Whole UTC days, next to each other; without `from` when the range has none. */
  readonly days: readonly Range[];
  /** Whole quarter hours of UTC before and after the days. */
  readonly quarterHours: readonly Range[];
  /** What is left at its ends, each shorter than a quarter of an hour. */
  readonly pieces: readonly Range[];
}

/** Cuts a range at the edges of quarter hours and days, so that what is kept of whole ones can be added up. */
export function partsOf({ from, to }: Range): RangeParts {
  const outer = whole({ from, to }, quarterHourMs);
  if (outer === undefined) return { days: [], quarterHours: [], pieces: [{ from, to }] };
  const days = whole(outer, dayMs);
  return {
    days: days === undefined ? [] : [days],
    quarterHours: days === undefined ? [outer] : around(outer, days),
    pieces: around({ from, to }, outer),
  };
}

/** The narrowest range of whole quarter hours that holds a range. */
export const quarterHoursAround = ({ from, to }: Range): Range => ({
  from: from && new Date(Math.floor(from.getTime() / quarterHourMs) * quarterHourMs),
  to: new Date(Math.ceil(to.getTime() / quarterHourMs) * quarterHourMs),
});

/** The widest range of whole units inside another one. */
function whole({ from, to }: Range, unitMs: number): Range | undefined {
  const start = from && new Date(Math.ceil(from.getTime() / unitMs) * unitMs);
  const end = new Date(Math.floor(to.getTime() / unitMs) * unitMs);
  return start === null || start < end ? { from: start, to: end } : undefined;
}

/** What `outer` has before and after `inner`. */
function around(outer: Range, inner: Range): readonly Range[] {
  const before = inner.from === null ? [] : [{ from: outer.from, to: inner.from }];
  return [...before, { from: inner.to, to: outer.to }].filter(({ from, to }) => from === null || from < to);
}
