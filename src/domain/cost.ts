import type { CostSource } from "../vocabulary.js";

/** What an execution cost, and on whose authority. Amounts in USD; null where not known. */
export interface ExecutionCost {
  readonly totalUsd: number | null;
  readonly source: CostSource;
  readonly loggedUsd: number | null;
  readonly reportedUsd: number | null;
  /** `loggedUsd - reportedUsd`; null unless both are known. */
  readonly differenceUsd: number | null;
  readonly callCount: number;
  readonly unpricedCallCount: number;
  /** The part of the total that belongs to no phase. */
  readonly unattributedToPhaseUsd: number | null;
  /** The priced calls of each phase that has calls, by `eventId`; null when none of them has a cost. */
  readonly byPhase: ReadonlyMap<string, number | null>;
}

/** The cost of one phase: null unless calls say what the run cost, 0 when none of them was made in the phase. */
export function costOfPhase(cost: ExecutionCost, eventId: string): number | null {
  if (cost.loggedUsd === null) return null;
  const known = cost.byPhase.get(eventId);
  return known === undefined ? 0 : known;
}
