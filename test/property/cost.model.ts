import { knownSumOf, type Micros, shareOf, sumOf } from "../support/usd.js";
import { type CallFact, type Facts, inOrderOfWork, type PhaseFact, type RunFact } from "./facts.js";

/** The calls of a run, whatever else they say. */
export const callsOf = ({ id }: RunFact, calls: readonly CallFact[]): readonly CallFact[] =>
  calls.filter(({ executionId }) => executionId === id);

/** The sum of the calls of a run as soon as one has a cost. */
export const loggedCostOf = (run: RunFact, calls: readonly CallFact[]): Micros | null =>
  knownSumOf(callsOf(run, calls).map(({ cost }) => cost));

/** One authority: the calls, else the executor, else nobody. */
export const costOf = (run: RunFact, calls: readonly CallFact[]): Micros | null =>
  loggedCostOf(run, calls) ?? run.reportedCost;

/** All cost of the runs / the completed ones among them; null when there are none or no cost is known. */
export function costPerCompleted(runs: readonly RunFact[], calls: readonly CallFact[]): Micros | null {
  const total = knownSumOf(runs.map((run) => costOf(run, calls)));
  const completed = runs.filter(({ status }) => status === "COMPLETED").length;
  return total === null || completed === 0 ? null : shareOf(total, completed);
}

/** The phase that a call of a run belongs to. */
function phaseOf(call: CallFact, run: RunFact): PhaseFact | null {
  const end = ({ completedAt }: PhaseFact) => completedAt ?? run.completedAt ?? Number.POSITIVE_INFINITY;
  const begun = inOrderOfWork(run.phases).filter(({ startedAt }) => startedAt <= call.startedAt);
  const around = begun.filter((phase) => call.startedAt < end(phase));
  if (call.phase === null) return around.length === 1 ? (around[0] ?? null) : null;
  const ofName = ({ name }: PhaseFact) => name === call.phase;
  return around.filter(ofName).at(-1) ?? begun.filter(ofName).at(-1) ?? null;
}

/** The cost of a phase: null unless calls say what its run cost, or when none of its calls has a cost. */
export function costOfPhase(phase: PhaseFact, run: RunFact, calls: readonly CallFact[]): Micros | null {
  if (loggedCostOf(run, calls) === null) return null;
  const own = callsOf(run, calls).filter((call) => phaseOf(call, run)?.eventId === phase.eventId);
  return own.length === 0 ? 0n : knownSumOf(own.map(({ cost }) => cost));
}

/** Something that was spent, or a call whose cost nobody knows. */
interface Spending {
  readonly isCall: boolean;
  readonly cost: Micros | null;
  readonly run: RunFact | null;
  readonly startedAt: number;
  readonly documentType: string | null;
  readonly model: string | null;
  readonly phase: string | null;
}

export interface Row {
  readonly key: string | null;
  readonly cost: Micros;
  readonly calls: number;
  readonly executions: number;
}

/** Each call by its start, each run without priced calls by the start of the run; only what happened in `[from, to)`. */
export function spendingIn({ runs, calls }: Facts, from: number | null, to: number): readonly Spending[] {
  const ofCalls = calls.map((call) => {
    const run = runs.find(({ id }) => id === call.executionId) ?? null;
    const phase = call.phase ?? (run === null ? null : (phaseOf(call, run)?.name ?? null));
    return { ...call, isCall: true, run, phase };
  });
  const ofRuns = runs
    .filter((run) => loggedCostOf(run, calls) === null && run.reportedCost !== null)
    .map((run) => ({
      ...{ isCall: false, cost: run.reportedCost, run, startedAt: run.startedAt },
      ...{ documentType: null, model: run.model, phase: null },
    }));
  return [...ofCalls, ...ofRuns].filter(
    ({ startedAt }) => (from === null || startedAt >= from) && startedAt < to,
  );
}

/** The spending by what `keyOf` says of it, null being a row of its own. */
export function breakdown(
  spending: readonly Spending[],
  keyOf: (one: Spending) => string | null,
): readonly Row[] {
  return [...new Set(spending.map(keyOf))].map((key) => {
    const own = spending.filter((one) => keyOf(one) === key);
    return {
      key,
      cost: sumOf(own.map(({ cost }) => cost)),
      calls: own.filter(({ isCall }) => isCall).length,
      executions: new Set(own.flatMap(({ run }) => run?.id ?? [])).size,
    };
  });
}
