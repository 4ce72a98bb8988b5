/** How a figure went from one window to the next. */
export interface Change {
  /** Current - previous; null when either is unknown. */
  readonly difference: number | null;
  /** (Current - previous) / previous; null when either is unknown, or the previous one is 0. */
  readonly relative: number | null;
}

type Figure = number | null;

/** Current - previous of what is no amount of money; null when either is unknown. */
export const differenceOf = (current: Figure, previous: Figure): number | null =>
  current === null || previous === null ? null : current - previous;

/** The change of a count, or of a figure that is never negative. */
export const changeOf = (current: Figure, previous: Figure): Change => ({
  difference: differenceOf(current, previous),
  relative: relativeOf(current, previous),
});

/** The change of an amount of USD, its difference exact to the micro-dollar. */
export function costChangeOf(current: Figure, previous: Figure): Change {
  const difference = differenceOf(current, previous);
  return {
    difference: difference === null ? null : Math.round(difference * 1e6) / 1e6,
    relative: relativeOf(current, previous),
  };
}

function relativeOf(current: Figure, previous: Figure): number | null {
  const difference = differenceOf(current, previous);
  return difference === null || !previous ? null : difference / previous;
}
