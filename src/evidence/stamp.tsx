import type { LocalTime } from "./local-time.js";

interface Parts {
  readonly of: Date;
  readonly time: LocalTime;
}

/** An instant as the clocks of a report show it, and for machines to the millisecond. */
export function Stamp({ of: instant, time }: Parts) {
  const { clock, offset } = time.stamp(instant);
  return (
    <time dateTime={instant.toISOString()}>
      {clock}
      {offset && <span> {offset}</span>}
    </time>
  );
}
