import type { Execution } from "../domain/execution.js";
import { type PhaseEvent, type PhaseOutcome, repeats } from "../domain/phase.js";
import type { Database } from "../store/database.js";
import * as executions from "../store/execution.repository.js";
import * as phases from "../store/phase.repository.js";
import type { Outcome } from "../vocabulary.js";
import { unknownExecution } from "./hold.service.js";
import type { UnitOfWork } from "./unit-of-work.js";

/** Phases that somebody reports of one run. */
export interface PhaseReport {
  readonly executionId: string;
  readonly events: readonly PhaseEvent[];
  /** When the report came. */
  readonly now: Date;
}

/** What became of a report, and the run after it. */
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
  const [write] = await recordPhaseReports(work, [{ executionId, events, now: work.now }]);
  if (write === undefined) throw unknownExecution(executionId);
  return write;
}

/**
 * Does that for several reports, of one run or of many; undefined for one of a run that does not exist, or that somebody
 * else holds when there is no patience for that.
 */
export async function recordPhaseReports(
  { db }: UnitOfWork,
  reports: readonly PhaseReport[],
  { patient = true }: { readonly patient?: boolean } = {},
): Promise<readonly (PhaseWrite | undefined)[]> {
  const held = await (patient ? executions.lockAll : executions.lockFree)(db, runsOf(reports));
  // One after the other on the connection, but sent at once.
  const [outcomes, derived] = await Promise.all([store(db, reports, held), executions.derive(db, held)]);
  const changed = new Set(derived.map(({ id }) => id));
  const unchanged = await executions.byIds(
    db,
    held.filter((id) => !changed.has(id)),
  );
  const byId = new Map([...derived, ...unchanged].map((execution) => [execution.id, execution]));
  return reports.map(({ executionId }, index) => {
    const execution = byId.get(executionId);
    return execution && { execution, outcomes: outcomes[index] ?? [] };
  });
}

/**
 * Stores the phases of reports and leaves what they show as it was, for {@link showPhases} to write. Answers the
 * outcomes of each report, none for one of a run that does not exist.
 */
export async function storePhaseReports(
  { db }: UnitOfWork,
  reports: readonly PhaseReport[],
): Promise<readonly (readonly PhaseOutcome[])[]> {
  return store(db, reports, await executions.lockAll(db, runsOf(reports)));
}

/** Writes what the phases of runs show, once per run however many phases were stored. */
export async function showPhases({ db }: UnitOfWork, executionIds: Iterable<string>): Promise<void> {
  await executions.deriveUnseen(db, [...new Set(executionIds)]);
}

const runsOf = (reports: readonly PhaseReport[]) => [
  ...new Set(reports.map(({ executionId }) => executionId)),
];

/** Splits events into rounds with at most one of each run: the second of a run follows what became of the first. */
function oncePerRun(sent: readonly phases.SentPhase[]): readonly (readonly phases.SentPhase[])[] {
  const rounds: phases.SentPhase[][] = [];
  const counts = new Map<string, number>();
  for (const one of sent) {
    const count = counts.get(one.executionId) ?? 0;
    counts.set(one.executionId, count + 1);
    const round = rounds[count] ?? [];
    rounds[count] = round;
    round.push(one);
  }
  return rounds;
}

/** Stores the phases of runs that are held. */
async function store(
  db: Database,
  reports: readonly PhaseReport[],
  held: readonly string[],
): Promise<readonly (readonly PhaseOutcome[])[]> {
  const known = new Set(held);
  const sent = reports.map(({ executionId, events, now }) =>
    known.has(executionId) ? events.map((event): phases.SentPhase => ({ executionId, event, now })) : [],
  );
  const rounds = await Promise.all(oncePerRun(sent.flat()).map((round) => storeRound(db, round)));
  const outcomes = new Map(rounds.flat());
  return sent.map((events) =>
    events.map((one) => ({ eventId: one.event.eventId, outcome: outcomes.get(one) ?? "RECORDED" })),
  );
}

/** Stores at most one event of each run; says what became of those that were not recorded. */
async function storeRound(
  db: Database,
  sent: readonly phases.SentPhase[],
): Promise<readonly (readonly [phases.SentPhase, Outcome])[]> {
  const unchanged = await phases.upsertAll(db, sent);
  if (unchanged.length === 0) return [];
  const byRun = new Map(sent.map((one) => [one.executionId, one]));
  return unchanged.flatMap((stored) => {
    const one = byRun.get(stored.wsExecutionId);
    return one ? [[one, repeats(one.event, stored) ? "DUPLICATE" : "CONFLICT_IGNORED"] as const] : [];
  });
}
