import type { Execution } from "../domain/execution.js";
import { notFound } from "../errors.js";
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

/**
 * Holds the named runs, the ids of those that do not exist yet, and sessions with all the runs they are bound to,
 * until the transaction ends. Nobody waits for a run while holding ids or sessions, so that two transactions cannot
 * wait for each other: a run that was made or bound meanwhile, and is held by somebody else already, is left to the
 * next attempt.
 */
export async function holdExecutions(
  { db }: UnitOfWork,
  ids: readonly string[],
  sessionIds: readonly string[] = [],
): Promise<void> {
  const wanted = [...ids, ...(await sessions.executionsOf(db, sessionIds))];
  const held = new Set(await executions.lockAll(db, [...new Set(wanted)]));
  const unknown = [...new Set(ids)].filter((id) => !held.has(id));
  if (unknown.length === 0 && sessionIds.length === 0) return;
  await claims.hold(db, { executionIds: unknown, sessionIds: [...new Set(sessionIds)] });
  const late = [...unknown, ...(await sessions.executionsOf(db, sessionIds))].filter((id) => !held.has(id));
  await executions.lockAll(db, [...new Set(late)], { patient: false });
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
