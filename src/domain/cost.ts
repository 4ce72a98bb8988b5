import type { CostSource } from "../vocabulary.js";
import type { CostRow } from "./report.js";

/** What an execution cost, and on whose authority. Amounts in USD; null where not known. */
export interface ExecutionCost {
  readonly totalUsd: number | null;
  readonly source: CostSource;
  readonly loggedUsd: number | null;
  readonly reportedUsd: number | null;
  /** What the tokens that the run reported cost, when it named its model. */
  readonly estimatedUsd: number | null;
  /** `loggedUsd - reportedUsd`; null unless both are known. */
  readonly differenceUsd: number | null;
  readonly callCount: number;
  readonly unpricedCallCount: number;
  /** The share of its calls that have a cost, from 0 to 1; null without calls. */
  readonly coverage: number | null;
  /** The part of the total that belongs to no phase. */
  readonly unattributedToPhaseUsd: number | null;
  /** The priced calls of each phase that has calls, by `eventId`; null when none of them has a cost. */
  readonly byPhase: ReadonlyMap<string, number | null>;
}

/** The cost of a run that was read; each has one, known or not. */
export function costOf(costs: ReadonlyMap<string, ExecutionCost>, executionId: string): ExecutionCost {
  const cost = costs.get(executionId);
  if (cost === undefined) throw new Error("every execution that was read has a cost, known or not");
  return cost;
}

/** On what an execution spent its cost; each breakdown sums to its total. */
export interface CostBreakdown {
  readonly byDocumentType: readonly CostRow[];
  readonly byModel: readonly CostRow[];
  /** By the names of phases. */
  readonly byPhase: readonly CostRow[];
  readonly bySource: readonly CostRow[];
}

/** The cost of one phase: null unless calls say what the run cost, 0 when none of them was made in the phase. */
export function costOfPhase(cost: ExecutionCost, eventId: string): number | null {
  if (cost.loggedUsd === null) return null;
  const known = cost.byPhase.get(eventId);
  return known === undefined ? 0 : known;
}
