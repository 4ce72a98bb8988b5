import type { Interval } from "../../src/vocabulary.js";
import { day, hour, minute } from "./clock.js";

/** Local calendars after the tables of `Intl`, which know nothing of the database's. Instants are milliseconds. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  formats.set(zone, made);
  return made;
}

/** What the clock in `zone` shows, as if it were UTC. */
function clockAt(zone: string, instant: number): number {
  const parts = formatOf(zone).formatToParts(instant);
  const read = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day: date = 1, hour: hours = 0, minute: minutes = 0, second = 0 } = read;
  return Date.UTC(year, month - 1, date, hours, minutes, second) + (instant % 1000);
}

const offsetAt = (zone: string, instant: number) => clockAt(zone, instant) - instant;

/** `YYYY-MM-DD` on the calendar of `zone`. */
export const localDate = (zone: string, instant: number): string =>
  new Date(clockAt(zone, instant)).toISOString().slice(0, 10);

/** The first instant after `from` and up to `to` at which another offset holds; `to` when there is none. */
function nextOffset(zone: string, from: number, to: number): number {
  let [before, at] = [from, to];
  for (let probe = from; probe < to; probe += 15 * minute) {
    if (offsetAt(zone, probe) === offsetAt(zone, from)) before = probe;
    else {
      at = probe;
      break;
    }
  }
  if (offsetAt(zone, at) === offsetAt(zone, from)) return to;
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (offsetAt(zone, middle) === offsetAt(zone, from)) before = middle;
    else at = middle;
  }
  return at;
}

const firstInstants = new Map<string, number>();

/** The first instant at which the calendar in `zone` has come to the day that starts at `midnight` (read as UTC). */
function firstInstantOf(zone: string, midnight: number): number {
  const key = `${zone} ${midnight}`;
  const known = firstInstants.get(key);
  if (known !== undefined) return known;
  const end = midnight + 30 * hour;
  for (let start = midnight - 30 * hour; start < end; ) {
    const next = nextOffset(zone, start, end);
    const candidate = Math.max(start, midnight - offsetAt(zone, start));
    if (candidate < next) {
      firstInstants.set(key, candidate);
      return candidate;
    }
    start = next;
  }
  throw new Error(`no day begins in ${zone} around ${new Date(midnight).toISOString()}`);
}

/** The first day of the interval around a day, `count` intervals on; days are midnights read as UTC. */
function firstDayOf(interval: Interval, midnight: number, count: number): number {
  const date = new Date(midnight);
  if (interval === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
  if (interval === "day") return midnight + count * day;
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  return midnight + (7 * count - sinceMonday) * day;
}

export interface Bucket {
  readonly start: number;
  readonly end: number;
}

/** The parts of `[from, to)` between the local midnights at which an interval begins. */
export function bucketsOf(zone: string, interval: Interval, from: number, to: number): readonly Bucket[] {
  const today = Math.floor(clockAt(zone, from) / day) * day;
  const edges: number[] = [];
  for (let count = -1; edges.length === 0 || (edges.at(-1) ?? 0) < to; count += 1) {
    edges.push(firstInstantOf(zone, firstDayOf(interval, today, count)));
  }
  const inside = edges.filter((edge) => edge > from && edge < to);
  const starts = [...new Set([from, ...inside])];
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? to }));
}
