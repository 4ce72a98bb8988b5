import { isDeepStrictEqual } from "node:util";
import type { CostBreakdown, ExecutionCost } from "../domain/cost.js";
import { type EstimatedRun, estimateOf } from "../domain/estimate.js";
import type { Execution, ExecutionChange, Identity } from "../domain/execution.js";
import type { ComputedCost } from "../domain/price.js";
import { agrees } from "../domain/repetition.js";
import { badUserInput, conflict } from "../errors.js";
import * as attribution from "../store/attribution.repository.js";
import * as costs from "../store/cost.repository.js";
import * as breakdowns from "../store/cost-breakdown.repository.js";
import * as executions from "../store/execution.repository.js";
import * as sessions from "../store/session.repository.js";
import { isFinal, type Outcome } from "../vocabulary.js";
import { holdExecution, holdExecutions, unknownExecution } from "./hold.service.js";
import type { UnitOfWork } from "./unit-of-work.js";

/** What a write to a run did, and the run after it. */
export interface ExecutionWrite {
  readonly outcome: Outcome;
  readonly execution: Execution;
  /** Whether this write made the execution. */
  readonly created: boolean;
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

/** On what several executions spent their cost, by their ids. */
export function costBreakdownsOf(
  { db }: UnitOfWork,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CostBreakdown>> {
  return breakdowns.byExecutionIds(db, ids);
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
  await holdExecutions(work, { ids: [id], sessionIds: named(change.executorSessionId) });
  const known = await executions.lock(db, id);
  if (known !== undefined) return repeatStart(work, known, identity, change);
  const startedAt = change.startedAt ?? now;
  const created = await executions.insert(db, { id, ...identity, startedAt, createdAt: now });
  if (created === undefined) return repeatStart(work, await holdExecution(work, id), identity, change);
  if (await attribution.attributeWaiting(db, id)) await attribution.refreshSums(db, [id]);
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
  if (concernsSessions(change))
    await holdExecutions(work, { ids: [id], sessionIds: named(change.executorSessionId) });
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

/** Whether a change may bind a session, or move the time for which one belongs to the run. */
const concernsSessions = ({ executorSessionId, startedAt, status }: ExecutionChange) =>
  executorSessionId !== undefined || startedAt !== undefined || isFinal(status);

const named = (sessionId: string | undefined): readonly string[] =>
  sessionId === undefined ? [] : [sessionId];

/** Attributes the calls of a run's sessions anew, after what they are attributed by has changed. */
async function reattribute({ db }: UnitOfWork, before: Execution, after: Execution): Promise<void> {
  const touched = await attribution.reattribute(db, after.id, [before.startedAt, after.startedAt]);
  await attribution.refreshSums(db, touched);
}

async function applyChange(
  work: UnitOfWork,
  stored: Execution,
  change: ExecutionChange,
): Promise<ExecutionWrite> {
  const { db, now } = work;
  const { executorSessionId, ...columns } = change;
  requireOrder(stored, change);
  const bound =
    executorSessionId !== undefined && (await sessions.bind(db, stored.id, executorSessionId, now));
  const isEmpty = Object.values(columns).every((value) => value === undefined);
  const execution = isEmpty
    ? stored
    : await executions.update(db, stored.id, columns, now, estimateAfter(work, stored, change));
  if (execution === undefined) {
    throw conflict(
      `Execution ${stored.id} ended as ${stored.status} and stays so; it cannot become ${change.status}.`,
    );
  }
  if (bound || hasMoved(stored, execution)) await reattribute(work, stored, execution);
  return { outcome: outcomeOf(stored, execution, change, bound), execution, created: false };
}

/** Whether a run starts or ends at another time than before. */
const hasMoved = (before: Execution, after: Execution) =>
  !isDeepStrictEqual([before.startedAt, before.completedAt], [after.startedAt, after.completedAt]);

/** The estimate of a run after a change; undefined when the change does not concern it. */
function estimateAfter(
  { prices }: UnitOfWork,
  stored: Execution,
  change: ExecutionChange,
): ComputedCost | null | undefined {
  const after: EstimatedRun = {
    llmModel: change.llmModel ?? stored.llmModel,
    llmCalls: change.llmCalls ?? stored.llmCalls,
    llmTokensIn: change.llmTokensIn ?? stored.llmTokensIn,
    llmTokensOut: change.llmTokensOut ?? stored.llmTokensOut,
    startedAt: change.startedAt ?? stored.startedAt,
  };
  return agrees<EstimatedRun>(after, stored) ? undefined : estimateOf(prices, after);
}

/** A run that ended keeps the time it ended at, so another one in a repeat is a conflict, not a duplicate. */
function outcomeOf(before: Execution, after: Execution, change: ExecutionChange, bound: boolean): Outcome {
  if (bound || !isDeepStrictEqual(before, after)) return "RECORDED";
  const sameEnd =
    change.completedAt === undefined || change.completedAt.getTime() === after.completedAt?.getTime();
  return sameEnd ? "DUPLICATE" : "CONFLICT_IGNORED";
}
