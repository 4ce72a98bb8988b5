import type { CostSource } from "../../src/vocabulary.js";
import { minute } from "../support/clock.js";
import type { ModelFacts } from "../support/pricing-file.js";
import { knownSumOf, type Micros, shareOf, sumOf } from "../support/usd.js";
import { type CallFact, type Facts, inOrderOfWork, type PhaseFact, type RunFact } from "./facts.js";

/** Dollars per million tokens, hence micro-dollars per token: sums of these need no rounding. */
const rates = { "model-a": [3n, 15n], "model-b": [1n, 2n] } as const;
const dearerSince = "2018-10-28T01:00:00.000Z";

const priceOf = ([input, output]: readonly bigint[], factor = 1) => ({
  usdPerMillionTokens: { input: factor * Number(input), output: factor * Number(output) },
});

/** The prices that the server is told; `model-a` has become twice as dear, and nobody knows what `model-c` costs. */
export const models: readonly ModelFacts[] = [
  {
    name: "model-a",
    prices: [
      { until: dearerSince, ...priceOf(rates["model-a"]) },
      { from: dearerSince, ...priceOf(rates["model-a"], 2) },
    ],
  },
  { name: "model-b", prices: [priceOf(rates["model-b"])] },
];

interface Used {
  readonly model: string | null;
  readonly startedAt: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** What tokens cost; null when none are told, or nobody knows the price. */
function computedCostOf({ model, startedAt, inputTokens, outputTokens }: Used): Micros | null {
  if ((model !== "model-a" && model !== "model-b") || (inputTokens ?? outputTokens) === null) return null;
  const [input, output] = rates[model];
  const cost = input * BigInt(inputTokens ?? 0) + output * BigInt(outputTokens ?? 0);
  return model === "model-a" && startedAt >= Date.parse(dearerSince) ? 2n * cost : cost;
}

/** The cost of a run after its own total of tokens, of which there must be some. */
export const estimateOf = (run: RunFact): Micros | null =>
  run.inputTokens + run.outputTokens === 0 ? null : computedCostOf(run);

/** The run that a call without a claim was made in, as far as its session tells. */
function runOfSession({ session, startedAt }: CallFact, runs: readonly RunFact[]): string | null {
  const begun = runs
    .filter((run) => session !== null && run.sessions.includes(session) && run.startedAt <= startedAt)
    .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  const latest = begun.at(-1);
  const end = latest?.completedAt ?? Number.POSITIVE_INFINITY;
  return latest === undefined || startedAt > end + 5 * minute ? null : latest.id;
}

/** The facts with each call at the run it belongs to, whether it said so or not, and with what it cost. */
export const settled = ({ runs, calls }: Facts): Facts => ({
  runs,
  calls: calls.map((call) => ({
    ...call,
    executionId: call.executionId ?? runOfSession(call, runs),
    cost: call.cost ?? computedCostOf(call),
  })),
});

/** The calls of a run, whatever else they say. */
export const callsOf = ({ id }: RunFact, calls: readonly CallFact[]): readonly CallFact[] =>
  calls.filter(({ executionId }) => executionId === id);

/** The sum of the calls of a run as soon as one has a cost. */
export const loggedCostOf = (run: RunFact, calls: readonly CallFact[]): Micros | null =>
  knownSumOf(callsOf(run, calls).map(({ cost }) => cost));

/** On whose authority a run costs what it costs: the calls, else the executor, else the prices, else nobody. */
export function authorityOf(run: RunFact, calls: readonly CallFact[]): CostSource {
  if (loggedCostOf(run, calls) !== null) return "LLM_LOG";
  if (run.reportedCost !== null) return "EXECUTOR_REPORTED";
  return estimateOf(run) === null ? "NONE" : "PRICED";
}

export const costOf = (run: RunFact, calls: readonly CallFact[]): Micros | null =>
  loggedCostOf(run, calls) ?? run.reportedCost ?? estimateOf(run);

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
  readonly source: string;
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
    .filter((run) => loggedCostOf(run, calls) === null && costOf(run, calls) !== null)
    .map((run) => ({
      ...{ isCall: false, cost: costOf(run, calls), run, startedAt: run.startedAt },
      ...{ documentType: null, model: run.model, phase: null },
      source: authorityOf(run, calls).toLowerCase(),
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
