/** An instant as clocks show it. */
interface Stamped {
  /** To the second: `2026-02-23 11:00:00`. */
  readonly clock: string;
  /** By how much it is ahead of UTC, `+01:00`; undefined where everything is in UTC. */
  readonly offset?: string;
}

/** How a report shows times. */
export interface LocalTime {
  /** The zone they are shown in. */
  readonly zone: string;
  readonly stamp: (instant: Date) => Stamped;
}

const inUtc: LocalTime = {
  zone: "UTC",
  stamp: (instant) => ({ clock: instant.toISOString().slice(0, 19).replace("T", " ") }),
};

/** Times as clocks show them in a zone; in UTC where the database knows a zone of that name, but Node does not. */
export function localTime(timeZone: string): LocalTime {
  const format = timeZone === "UTC" ? undefined : formatOf(timeZone);
  if (format === undefined) return inUtc;
  return {
    zone: timeZone,
    stamp: (instant) => {
      const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
      const [year = "", month, day] = ["year", "month", "day"].map((part) => parts.get(part as "year"));
      const clock = ["hour", "minute", "second"].map((part) => parts.get(part as "hour")).join(":");
      const offset = parts.get("timeZoneName")?.replace("GMT", "") || "+00:00";
      return { clock: `${year.padStart(4, "0")}-${month}-${day} ${clock}`, offset };
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", {
      ...{ timeZone, hourCycle: "h23", timeZoneName: "longOffset" },
      ...{ year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
    });
  } catch {
    return undefined;
  }
}
