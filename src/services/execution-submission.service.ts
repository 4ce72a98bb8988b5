import type { Execution, ExecutionChange, Identity } from "../domain/execution.js";
import type { PhaseEvent, PhaseOutcome } from "../domain/phase.js";
import { badUserInput } from "../errors.js";
import * as executions from "../store/execution.repository.js";
import type { Outcome } from "../vocabulary.js";
import {
  type ExecutionWrite,
  requireIdentity,
  startExecution,
  updateExecution,
} from "./execution.service.js";
import { type PhaseWrite, recordPhases } from "./phase.service.js";
import type { UnitOfWork } from "./unit-of-work.js";

/** All that one request says about a run: its identity, a change, phases. */
export interface ExecutionSubmission extends Partial<Identity> {
  readonly id: string;
  readonly change: ExecutionChange;
  readonly phases: readonly PhaseEvent[];
}

/** What the request did, as a whole and to each phase. */
export interface SubmissionWrite {
  readonly outcome: Outcome;
  readonly created: boolean;
  /** Whether the request was a start, perhaps repeated. */
  readonly isStart: boolean;
  readonly execution: Execution;
  readonly phaseOutcomes: readonly PhaseOutcome[];
}

/**
 * Applies everything one request says about a run: a start when it names the WS and executor, then its changes,
 * then its phases.
 * @throws MetricsError `NOT_FOUND` for an update of an unknown run; `BAD_USER_INPUT` for a start that does not
 * say whose; `CONFLICT`
 */
export async function submitExecution(
  work: UnitOfWork,
  { id, phases, ...report }: ExecutionSubmission,
): Promise<SubmissionWrite> {
  const write = await startOrUpdate(work, id, report);
  const isStart = report.wsId !== undefined;
  if (phases.length === 0) return { ...write, isStart, phaseOutcomes: [] };
  const { execution, outcomes } = await recordPhases(work, id, phases);
  return {
    isStart,
    outcome: overall(write.outcome, outcomes),
    created: write.created,
    execution,
    phaseOutcomes: outcomes,
  };
}

/** What a request wrote that brought nothing but phases of a run. */
export function submittedPhases({ execution, outcomes }: PhaseWrite): SubmissionWrite {
  const outcome = overall("DUPLICATE", outcomes);
  return { outcome, created: false, isStart: false, execution, phaseOutcomes: outcomes };
}

async function startOrUpdate(
  work: UnitOfWork,
  id: string,
  { wsId, executor, change }: Omit<ExecutionSubmission, "id" | "phases">,
): Promise<ExecutionWrite> {
  if (wsId === undefined) {
    const write = await updateExecution(work, id, change);
    requireIdentity(write.execution, { executor });
    return write;
  }
  if (executor !== undefined) return startExecution(work, id, { wsId, executor }, change);
  const [stored] = await executions.byIds(work.db, [id]);
  if (stored !== undefined) return startExecution(work, id, { wsId, executor: stored.executor }, change);
  throw badUserInput([{ path: "executor", message: "is required to start an execution" }]);
}

/** One request recorded something, or met a conflict, or repeated what was stored. */
function overall(own: Outcome, phases: readonly PhaseOutcome[]): Outcome {
  const all = [own, ...phases.map(({ outcome }) => outcome)];
  return (
    all.find((outcome) => outcome === "RECORDED") ??
    all.find((outcome) => outcome === "CONFLICT_IGNORED") ??
    "DUPLICATE"
  );
}
