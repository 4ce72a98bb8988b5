/**
 * The cost of some runs, or null where that of none is known: a sum says 0 of that as well, but only without any known cost
 * there is none per completed Work Statement. Nothing tells both apart while no run is completed, so that is unknown, too.
 * @param perWsUsd the same cost per completed Work Statement
 */
export const knownCost = (usd: number, perWsUsd: number | null): number | null =>
  usd === 0 && perWsUsd === null ? null : usd;
