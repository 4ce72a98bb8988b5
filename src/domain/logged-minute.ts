const minuteMs = 60_000;

/** The rows of a log that started in one minute. */
export interface LoggedMinute {
  readonly start: Date;
  readonly rowCount: number;
  /** The same digest, the same rows. */
  readonly digest: string;
}

/** Minutes that follow each other, half-open. */
export interface Stretch {
  readonly from: Date;
  readonly before: Date;
  readonly rowCount: number;
}

/** The minute in which an instant lies, by its first instant. */
export function startOfMinute(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / minuteMs) * minuteMs);
}

/** Which of these minutes, in their order, hold other rows than they did, in as few stretches as there are. */
export function changedStretches(
  minutes: readonly LoggedMinute[],
  before: readonly LoggedMinute[],
): readonly Stretch[] {
  const known = new Map(before.map((minute) => [minute.start.getTime(), minute]));
  const isChanged = ({ start, rowCount, digest }: LoggedMinute) => {
    const then = known.get(start.getTime());
    return then?.rowCount !== rowCount || then.digest !== digest;
  };
  const stretches: Stretch[] = [];
  let open: Stretch | undefined;
  for (const minute of minutes) {
    if (!isChanged(minute)) {
      if (open !== undefined) stretches.push(open);
      open = undefined;
      continue;
    }
    open = {
      from: open?.from ?? minute.start,
      before: new Date(minute.start.getTime() + minuteMs),
      rowCount: (open?.rowCount ?? 0) + minute.rowCount,
    };
  }
  return open === undefined ? stretches : [...stretches, open];
}
