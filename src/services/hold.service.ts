import type { Execution } from "../domain/execution.js";
import { notFound } from "../errors.js";
import * as attribution from "../store/attribution.repository.js";
import * as claims from "../store/claim.repository.js";
import * as executions from "../store/execution.repository.js";
import * as sessions from "../store/session.repository.js";
import type { UnitOfWork } from "./unit-of-work.js";

/**
 * Holds an execution against other writers until the transaction ends.
 * @throws MetricsError `NOT_FOUND`
 */
export async function holdExecution({ db }: UnitOfWork, id: string): Promise<Execution> {
  const execution = await executions.lock(db, id);
  if (execution === undefined) throw unknownExecution(id);
  return execution;
}

/** What a transaction is going to touch. */
export interface Concerned {
  /** Executions that are started or changed, whether they exist or not. */
  readonly ids: readonly string[];
  readonly sessionIds?: readonly string[];
  /** Runs to which something is added that concerns nobody else. */
  readonly runs?: readonly string[];
}

/**
 * Holds everything that a change of executions may concern, until the transaction ends: their ids, the named sessions
 * and those of the runs, and all runs that these sessions are bound to. Always in this order, so that nobody waits for
 * an id or a session while holding a run, and no two transactions for each other: whoever holds an id knows the
 * sessions of the run, and whoever holds a session its runs.
 */
export async function holdExecutions(
  { db }: Pick<UnitOfWork, "db">,
  { ids, sessionIds = [], runs = [] }: Concerned,
): Promise<void> {
  await claims.hold(db, { executionIds: ids });
  const all = [...sessionIds, ...(await sessions.ofExecutions(db, ids))];
  await claims.hold(db, { sessionIds: all });
  await executions.lockAll(db, [...ids, ...runs, ...(await sessions.executionsOf(db, all))]);
}

/**
 * Holds what calls are attributed by and to, until the transaction ends: the ids they claim and the sessions that find
 * a run for them, in common with other calls but not with a change of those, and then the runs they belong to.
 */
export async function holdExecutionsOf(
  { db }: Pick<UnitOfWork, "db">,
  calls: readonly attribution.AttributedCall[],
): Promise<void> {
  const executionIds = calls.flatMap(({ executionId }) => executionId ?? []);
  const ofSessions = calls.filter(({ executionId, executorSessionId }) => !executionId && executorSessionId);
  const sessionIds = ofSessions.flatMap(({ executorSessionId }) => executorSessionId ?? []);
  await claims.share(db, { executionIds, sessionIds });
  await executions.lockAll(db, [...executionIds, ...(await attribution.boundExecutions(db, ofSessions))]);
}

/**
 * Holds an execution whose columns do not matter.
 * @throws MetricsError `NOT_FOUND`
 */
export async function requireExecution({ db }: UnitOfWork, id: string): Promise<void> {
  const held = await executions.lockAll(db, [id]);
  if (held.length === 0) throw unknownExecution(id);
}

/** The refusal of what names a run that does not exist, or not yet. */
export function unknownExecution(id: string) {
  return notFound(
    `There is no execution ${id}. An event that came before its start may be sent again after it.`,
  );
}
