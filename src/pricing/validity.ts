/** The time for which something holds: from then on, until just before then; without an end where none is named. */
export interface Validity {
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

/** Whether it holds at an instant. */
export const holdsAt = ({ from, until }: Validity, at: Date): boolean =>
  (from === undefined || from <= at) && (until === undefined || at < until);

/** Whether it ever holds. */
export const everHolds = (validity: Validity): boolean => startsBeforeEndOf(validity, validity);

/** Whether there is an instant at which both hold. */
export const overlap = (one: Validity, other: Validity): boolean =>
  startsBeforeEndOf(one, other) && startsBeforeEndOf(other, one);

const startsBeforeEndOf = ({ from }: Validity, { until }: Validity): boolean =>
  from === undefined || until === undefined || from < until;
