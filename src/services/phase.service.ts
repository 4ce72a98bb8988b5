import type { Execution } from "../domain/execution.js";
import { type PhaseEvent, type PhaseOutcome, repeats } from "../domain/phase.js";
import * as executions from "../store/execution.repository.js";
import * as phases from "../store/phase.repository.js";
import type { Outcome } from "../vocabulary.js";
import { executionById } from "./execution.service.js";
import { requireExecution } from "./hold.service.js";
import type { UnitOfWork } from "./unit-of-work.js";

export interface PhaseWrite {
  readonly execution: Execution;
  /** One per event, in their order. */
  readonly outcomes: readonly PhaseOutcome[];
}

/**
 * Appends phases to a run, or closes them; what they show is written in the same transaction.
 * @throws MetricsError `NOT_FOUND`
 */
export async function recordPhases(
  work: UnitOfWork,
  executionId: string,
  events: readonly PhaseEvent[],
): Promise<PhaseWrite> {
  const outcomes = await storePhases(work, executionId, events);
  const changed = outcomes.some(({ outcome }) => outcome === "RECORDED");
  const execution = changed
    ? await executions.derive(work.db, executionId)
    : await executionById(work, executionId);
  return { execution, outcomes };
}

/**
 * Stores phases and leaves what they show as it was, for {@link showPhases} to write.
 * @throws MetricsError `NOT_FOUND`
 */
export async function storePhases(
  work: UnitOfWork,
  executionId: string,
  events: readonly PhaseEvent[],
): Promise<readonly PhaseOutcome[]> {
  await requireExecution(work, executionId);
  const outcomes: PhaseOutcome[] = [];
  for (const event of events) {
    outcomes.push({ eventId: event.eventId, outcome: await recordPhase(work, executionId, event) });
  }
  return outcomes;
}

/** Writes what the phases of runs show, once per run however many phases were stored. */
export async function showPhases({ db }: UnitOfWork, executionIds: Iterable<string>): Promise<void> {
  for (const id of new Set(executionIds)) await executions.derive(db, id);
}

async function recordPhase(
  { db, now }: UnitOfWork,
  executionId: string,
  event: PhaseEvent,
): Promise<Outcome> {
  if (await phases.upsert(db, executionId, event, now)) return "RECORDED";
  const stored = await phases.byEventId(db, executionId, event.eventId);
  return stored !== undefined && repeats(event, stored) ? "DUPLICATE" : "CONFLICT_IGNORED";
}
