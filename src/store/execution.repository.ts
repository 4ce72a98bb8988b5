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

/** Locks those of `ids` that exist, in id order so that two transactions cannot wait for each other. Without patience it fails on one that is held, instead of waiting. */
export async function lockAll(
  db: Database,
  ids: readonly string[],
  { patient = true }: { readonly patient?: boolean } = {},
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: wsExecutions.id })
    .from(wsExecutions)
    .where(isAmong(wsExecutions.id, ids))
    .orderBy(wsExecutions.id)
    .for("no key update", patient ? undefined : { noWait: true });
  return rows.map(({ id }) => id);
}

export async function byIds(db: Database, ids: readonly string[]): Promise<readonly Execution[]> {
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

/** Rewrites what the phases of a locked run show: its `phase_metrics` document and the metrics derived from it. */
export async function derive(db: Database, id: string): Promise<Execution> {
  const [row] = await db
    .update(wsExecutions)
    .set({
      phaseMetrics: sql`shown.phase_metrics`,
      derivedTestMetrics: sql`shown.test_metrics`,
      derivedReworkCycles: sql`shown.rework_cycles`,
    })
    .from(sql`(${shownByPhases(id)}) as shown`)
    .where(eq(wsExecutions.id, id))
    .returning(getTableColumns(wsExecutions))
    .prepare("execution_derive")
    .execute();
  if (row === undefined) throw new Error(`execution ${id} vanished while it was locked`);
  return toExecution(row);
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
