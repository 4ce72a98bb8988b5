/** The value below which a share of `values` lies (nearest rank); NaN when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The value in the middle, the lower one of two; NaN when there are none. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** What numbers add up to. */
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A point of a series; both in units of the caller's. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How much `y` grows per unit of `x`, by least squares; NaN unless there are two different `x`. */
export function slope(points: readonly Point[]): number {
  const meanX = sum(points.map(({ x }) => x)) / points.length;
  const meanY = sum(points.map(({ y }) => y)) / points.length;
  const covariance = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY)));
  return covariance / sum(points.map(({ x }) => (x - meanX) ** 2));
}
