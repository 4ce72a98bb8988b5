/** The lengths of time that sums of runs are kept for; both begin at whole ones of UTC. */
export const grains = ["quarter_hour", "day"] as const;

/** One of them. */
export type Grain = (typeof grains)[number];

/** Those that sums of spending are kept for: also for all time. */
export const spendGrains = [...grains, "ever"] as const;

/** One of those. */
export type SpendGrain = (typeof spendGrains)[number];
