import { isDeepStrictEqual } from "node:util";
import type { ExecutionCost } from "../domain/cost.js";
import type { Execution, ExecutionChange, Identity } from "../domain/execution.js";
import { badUserInput, conflict, notFound } from "../errors.js";
import * as claims from "../store/claim.repository.js";
import * as costs from "../store/cost.repository.js";
import * as executions from "../store/execution.repository.js";
import * as calls from "../store/llm-call.repository.js";
import * as sessions from "../store/session.repository.js";
import type { Outcome } from "../vocabulary.js";
import type { UnitOfWork } from "./unit-of-work.js";

export interface ExecutionWrite {
  readonly outcome: Outcome;
  readonly execution: Execution;
  /** Whether this write made the execution. */
  readonly created: boolean;
}

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
 * Holds the named runs, and the ids of those that do not exist yet, until the transaction ends. Nobody waits for
 * a run while holding ids, so that two transactions cannot wait for each other: a run that was made meanwhile, and
 * is held by somebody else already, is left to the next attempt.
 * @returns the ids of the runs that exist
 */
export async function holdExecutions(
  { db }: UnitOfWork,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(ids)];
  const known = new Set(await executions.lockAll(db, wanted));
  const unknown = wanted.filter((id) => !known.has(id));
  if (unknown.length === 0) return known;
  await claims.hold(db, unknown);
  return new Set([...known, ...(await executions.lockAll(db, unknown, { patient: false }))]);
}

/**
 * Holds an execution whose columns do not matter.
 * @throws MetricsError `NOT_FOUND`
 */
export async function requireExecution({ db }: UnitOfWork, id: string): Promise<void> {
  const held = await executions.lockAll(db, [id]);
  if (held.length === 0) throw unknownExecution(id);
}

/** @throws MetricsError `NOT_FOUND` */
export async function executionById({ db }: UnitOfWork, id: string): Promise<Execution> {
  const [execution] = await executions.byIds(db, [id]);
  if (execution === undefined) throw unknownExecution(id);
  return execution;
}

/** The executions that exist among these. */
export function executionsById({ db }: UnitOfWork, ids: readonly string[]): Promise<readonly Execution[]> {
  return executions.byIds(db, ids);
}

/** The cost of several executions, by their ids. */
export function costsOf(
  { db }: UnitOfWork,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ExecutionCost>> {
  return costs.byExecutionIds(db, ids);
}

/**
 * Starts a run, or repeats a start. Under a known id the WS and executor must be the stored ones; any other
 * named field replaces what is stored, but a `STARTED` belongs to the start and moves nothing.
 * @throws MetricsError `CONFLICT` when the id belongs to another WS or executor
 */
export async function startExecution(
  work: UnitOfWork,
  id: string,
  identity: Identity,
  change: ExecutionChange,
): Promise<ExecutionWrite> {
  const { db, now } = work;
  const known = await executions.lock(db, id);
  if (known !== undefined) return repeatStart(work, known, identity, change);
  await claims.hold(db, [id]);
  const startedAt = change.startedAt ?? now;
  const created = await executions.insert(db, { id, ...identity, startedAt, createdAt: now });
  if (created === undefined) return repeatStart(work, await holdExecution(work, id), identity, change);
  await calls.attributeWaiting(db, id);
  const { execution } = await applyChange(work, created, change);
  return { outcome: "RECORDED", execution, created: true };
}

function repeatStart(
  work: UnitOfWork,
  stored: Execution,
  identity: Identity,
  change: ExecutionChange,
): Promise<ExecutionWrite> {
  requireIdentity(stored, identity);
  const { status, ...rest } = change;
  return applyChange(work, stored, status === "STARTED" ? rest : change);
}

/**
 * Applies a change to a run that exists.
 * @throws MetricsError `NOT_FOUND`; `CONFLICT` when a final status would be left
 */
export async function updateExecution(
  work: UnitOfWork,
  id: string,
  change: ExecutionChange,
): Promise<ExecutionWrite> {
  return applyChange(work, await holdExecution(work, id), change);
}

/** @throws MetricsError `CONFLICT` when `execution` is of another WS or executor */
export function requireIdentity(execution: Execution, { wsId, executor }: Partial<Identity>): void {
  if (wsId !== undefined && wsId !== execution.wsId) {
    throw conflict(
      `Execution ${execution.id} belongs to another Work Statement; start this one under an id of its own.`,
    );
  }
  if (executor !== undefined && executor !== execution.executor) {
    throw conflict(
      `Execution ${execution.id} belongs to another executor; start this one under an id of its own.`,
    );
  }
}

/**
 * The run's start and end after a change are in order; the database would refuse them as well.
 * @throws MetricsError `BAD_USER_INPUT` at the time that the change names
 */
function requireOrder(stored: Execution, change: ExecutionChange): void {
  const startedAt = change.startedAt ?? stored.startedAt;
  const completedAt = stored.completedAt ?? change.completedAt;
  if (completedAt === undefined || completedAt >= startedAt) return;
  const [path, rule] =
    change.startedAt === undefined
      ? (["completedAt", `must not be before \`startedAt\`, which is ${startedAt.toISOString()}`] as const)
      : (["startedAt", `must not be after \`completedAt\`, which is ${completedAt.toISOString()}`] as const);
  throw badUserInput([{ path, message: rule }]);
}

async function applyChange(
  { db, now }: UnitOfWork,
  stored: Execution,
  change: ExecutionChange,
): Promise<ExecutionWrite> {
  const { executorSessionId, ...columns } = change;
  requireOrder(stored, change);
  const bound =
    executorSessionId !== undefined && (await sessions.bind(db, stored.id, executorSessionId, now));
  const isEmpty = Object.values(columns).every((value) => value === undefined);
  const execution = isEmpty ? stored : await executions.update(db, stored.id, columns, now);
  if (execution === undefined) {
    throw conflict(
      `Execution ${stored.id} ended as ${stored.status} and stays so; it cannot become ${change.status}.`,
    );
  }
  return { outcome: outcomeOf(stored, execution, change, bound), execution, created: false };
}

/** A run that ended keeps the time it ended at, so another one in a repeat is a conflict, not a duplicate. */
function outcomeOf(before: Execution, after: Execution, change: ExecutionChange, bound: boolean): Outcome {
  if (bound || !isDeepStrictEqual(before, after)) return "RECORDED";
  const sameEnd =
    change.completedAt === undefined || change.completedAt.getTime() === after.completedAt?.getTime();
  return sameEnd ? "DUPLICATE" : "CONFLICT_IGNORED";
}

function unknownExecution(id: string) {
  return notFound(
    `There is no execution ${id}. An event that came before its start may be sent again after it.`,
  );
}
