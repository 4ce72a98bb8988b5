import { and, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { Execution, ExecutionChange, FileMetrics, Identity, MergePatch } from "../domain/execution.js";
import type { ComputedCost } from "../domain/price.js";
import { isFinal, openStatuses, type Status } from "../vocabulary.js";
import { isAmong } from "./among.sql.js";
import { builtOnce } from "./built-once.js";
import type { Database } from "./database.js";
import { executionColumns, toExecution } from "./execution.row.js";
import { wsExecutions } from "./execution.table.js";
import { shownByPhases } from "./shown-by-phases.sql.js";

/** Inserts a run; undefined when the id is taken. */
export async function insert(
  db: Database,
  run: Identity & { readonly id: string; readonly startedAt: Date; readonly createdAt: Date },
): Promise<Execution | undefined> {
  const [row] = await db
    .insert(wsExecutions)
    .values(run)
    .onConflictDoNothing({ target: wsExecutions.id })
    .returning()
    .prepare("execution_insert")
    .execute();
  return row && toExecution(row);
}

/** Locks one run for this transaction; undefined when there is none. */
export async function lock(db: Database, id: string): Promise<Execution | undefined> {
  const [row] = await db
    .select()
    .from(wsExecutions)
    .where(eq(wsExecutions.id, id))
    .for("no key update")
    .prepare("execution_lock")
    .execute();
  return row && toExecution(row);
}

/** Locks those of `ids` that exist, in id order so that two transactions cannot wait for each other. */
export async function lockAll(db: Database, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await lockingAll(db).execute({ ids: JSON.stringify(ids) });
  return rows.map(({ id }) => id);
}

/** Locks those of `ids` that exist and that nobody else has locked; waits for none. */
export async function lockFree(db: Database, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await lockingFree(db).execute({ ids: JSON.stringify(ids) });
  return rows.map(({ id }) => id);
}

const lockingAll = builtOnce((db) => locking(db).for("no key update").prepare("execution_lock_all"));
const lockingFree = builtOnce((db) =>
  locking(db).for("no key update", { skipLocked: true }).prepare("execution_lock_free"),
);

const locking = (db: Database) =>
  db
    .select({ id: wsExecutions.id })
    .from(wsExecutions)
    .where(isAmong(wsExecutions.id, sql.placeholder("ids")))
    .orderBy(wsExecutions.id);

/** Those of `ids` that exist, in no order. */
export async function byIds(db: Database, ids: readonly string[]): Promise<readonly Execution[]> {
  if (ids.length === 0) return [];
  const rows = await amongIds(db).execute({ ids: JSON.stringify(ids) });
  return rows.map(toExecution);
}

const amongIds = builtOnce((db) =>
  db
    .select(executionColumns)
    .from(wsExecutions)
    .where(isAmong(wsExecutions.id, sql.placeholder("ids")))
    .prepare("executions_by_ids"),
);

/**
 * Applies a change, which names at least one field, to a locked run; undefined when its status does not allow it, and
 * then nothing is changed.
 * @param estimate what the run's tokens cost after the change, null when that is not known; absent it stays
 */
export async function update(
  db: Database,
  id: string,
  change: Omit<ExecutionChange, "executorSessionId">,
  now: Date,
  estimate?: ComputedCost | null,
): Promise<Execution | undefined> {
  const { status, completedAt, testMetrics, fileMetrics, reworkCycles, ...columns } = change;
  const [row] = await db
    .update(wsExecutions)
    .set({
      ...columns,
      status,
      completedAt: isFinal(status) ? endOf({ ...change, now }) : undefined,
      reportedTestMetrics: testMetrics && mergePatch(wsExecutions.reportedTestMetrics, testMetrics),
      fileMetrics: fileMetrics && mergePatch(wsExecutions.fileMetrics, emptied(fileMetrics)),
      reportedReworkCycles: reworkCycles,
      ...(estimate !== undefined && estimated(estimate)),
    })
    .where(and(eq(wsExecutions.id, id), allows(status)))
    .returning();
  return row && toExecution(row);
}

/** The columns of an estimate. */
const estimated = (estimate: ComputedCost | null) => ({
  estimatedCostUsd: estimate?.computedCostUsd ?? null,
  estimatePriceVersion: estimate?.priceVersion ?? null,
});

/**
 * Rewrites what the phases of locked runs show, their `phase_metrics` document and the metrics derived from it, where
 * they show something else than before; answers those runs.
 */
export async function derive(db: Database, ids: readonly string[]): Promise<readonly Execution[]> {
  if (ids.length === 0) return [];
  const rows = await deriving(db).execute({ ids: JSON.stringify(ids) });
  return rows.map(toExecution);
}

/** Does the same for runs that nobody wants to see now. */
export async function deriveUnseen(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await derivingUnseen(db).execute({ ids: JSON.stringify(ids) });
}

const deriving = builtOnce((db) =>
  derivation(db).returning(getTableColumns(wsExecutions)).prepare("execution_derive"),
);
const derivingUnseen = builtOnce((db) => derivation(db).prepare("execution_derive_unseen"));

function derivation(db: Database) {
  return db
    .update(wsExecutions)
    .set({
      phaseMetrics: sql`shown.phase_metrics`,
      derivedTestMetrics: sql`shown.test_metrics`,
      derivedReworkCycles: sql`shown.rework_cycles`,
    })
    .from(sql`(${shownByPhases(sql.placeholder("ids"))}) as shown`)
    .where(
      and(
        eq(wsExecutions.id, sql`shown.ws_execution_id`),
        sql`(${wsExecutions.phaseMetrics}, ${wsExecutions.derivedTestMetrics}, ${wsExecutions.derivedReworkCycles}) is distinct from (shown.phase_metrics, shown.test_metrics, shown.rework_cycles)`,
      ),
    );
}

/** The first end that was reached stays; a later one is not written over it. */
function endOf({ completedAt, startedAt, now }: ExecutionChange & { readonly now: Date }): SQL {
  const given = (time: Date) => sql`${time.toISOString()}::timestamptz`;
  const started = startedAt === undefined ? wsExecutions.startedAt : given(startedAt);
  const end = completedAt === undefined ? sql`greatest(${given(now)}, ${started})` : given(completedAt);
  return sql`coalesce(${wsExecutions.completedAt}, ${end})`;
}

/** Open statuses may become anything; a final one only itself. */
function allows(status: Status | undefined): SQL | undefined {
  if (status === undefined) return undefined;
  const from: readonly Status[] = isFinal(status) ? [...openStatuses, status] : openStatuses;
  return inArray(wsExecutions.status, [...from]);
}

function mergePatch(
  column: typeof wsExecutions.reportedTestMetrics | typeof wsExecutions.fileMetrics,
  patch: object,
): SQL {
  return sql`jsonb_strip_nulls(${column} || ${JSON.stringify(patch)}::jsonb)`;
}

/** In `file_metrics` the effective default of a removed key is the empty list. */
function emptied(patch: MergePatch<FileMetrics>): MergePatch<FileMetrics> {
  const named = Object.entries(patch).filter(([, paths]) => paths !== undefined);
  return Object.fromEntries(named.map(([key, paths]) => [key, paths ?? []]));
}
