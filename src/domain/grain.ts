/** The lengths of time that sums are kept for; both begin at whole ones of UTC. */
export const grains = ["quarter_hour", "day"] as const;

export type Grain = (typeof grains)[number];
