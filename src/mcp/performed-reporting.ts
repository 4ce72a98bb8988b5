import { costOf } from "../domain/cost.js";
import type { Execution } from "../domain/execution.js";
import type { Clock } from "../domain/instant.js";
import { MetricsError } from "../errors.js";
import { executionBugFixes, recordBugFix } from "../operations/bug-fix.operations.js";
import {
  completeExecution,
  execution,
  executionCostBreakdowns,
  executionCosts,
  startExecution,
} from "../operations/execution.operations.js";
import type { Perform } from "../operations/perform.js";
import { recordPhase } from "../operations/phase.operations.js";
import { costSummary, scoreboard } from "../operations/report.operations.js";
import type { Outcome } from "../vocabulary.js";
import type { Input, KnownPhase, ReadMetrics, ReadRun, Reported, Reporting } from "./reporting.js";

/**
 * What the tools need, made of the operations that every door goes to.
 * @param begin a way to perform operations that have their turn together: what is only looked up before a report must not
 * get the report its turn
 */
export function performedReporting(begin: () => Perform, now: Clock): Reporting {
  return {
    now,
    startExecution: async (input) => ofRun(await begin()(startExecution, input)),
    recordPhase: async (input) => ofRun(await begin()(recordPhase, input)),
    completeExecution: async (input) => ofRun(await begin()(completeExecution, input)),
    recordBugFix: async (input) => {
      const { outcome, bugFix } = await begin()(recordBugFix, input);
      return { outcome, executionId: bugFix.executionId };
    },
    phasesOf: (executionId) => phasesOf(begin(), executionId),
    execution: (input) => readRun(begin(), input),
    metrics: (input) => readMetrics(begin(), input),
  };
}

/** What a write to a run answers. */
interface Written {
  readonly outcome: Outcome;
  readonly execution: Execution;
}

const ofRun = ({ outcome, execution: { id } }: Written): Reported => ({
  outcome,
  executionId: id,
});

/** Undefined where the run is named wrongly, which the report itself is refused for. */
async function phasesOf(perform: Perform, id: unknown): Promise<readonly KnownPhase[] | undefined> {
  try {
    return (await perform(execution, { id })).phases;
  } catch (error) {
    if (error instanceof MetricsError && error.code === "BAD_USER_INPUT") return undefined;
    throw error;
  }
}

async function readRun(perform: Perform, input: Input): Promise<ReadRun> {
  const run = await perform(execution, input);
  const executionIds = [run.id];
  const [costs, breakdowns, bugFixes] = await Promise.all([
    perform(executionCosts, { executionIds }),
    perform(executionCostBreakdowns, { executionIds }),
    perform(executionBugFixes, { executionIds }),
  ]);
  const cost = costOf(costs, run.id);
  const breakdown = breakdowns.get(run.id);
  return {
    ...run,
    bugFixes,
    cost: { ...cost, byPhase: breakdown?.byPhase ?? [], byModel: breakdown?.byModel ?? [] },
  };
}

async function readMetrics(perform: Perform, input: Input): Promise<ReadMetrics> {
  const figures = await perform(scoreboard, input);
  const from = figures.from?.toISOString();
  const spent = await perform(costSummary, { from, to: figures.to.toISOString() });
  const { byPhase, byModel, unpricedCallCount } = spent;
  return { scoreboard: figures, byPhase, byModel, unpricedCallCount };
}
