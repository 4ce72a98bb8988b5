import { type AnyColumn, and, asc, count, gt, gte, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Execution } from "../domain/execution.js";
import type { ExecutionFilter, ExecutionOrder, Position } from "../domain/page.js";
import type { ExecutionOrderField } from "../vocabulary.js";
import type { Database } from "./database.js";
import { type ExecutionRow, executionColumns, toExecution } from "./execution.row.js";
import { wsExecutions } from "./execution.table.js";
import { matchesExecution } from "./execution-filter.sql.js";

/** A run, and where it stands in the order of its list. */
export interface PlacedExecution {
  readonly execution: Execution;
  readonly position: Position;
}

interface Sorting {
  readonly column: AnyColumn;
  readonly placeOf: (row: ExecutionRow) => number | null;
  readonly bound: (value: number) => SQL;
}

const byTime = (column: AnyColumn, placeOf: Sorting["placeOf"]): Sorting => ({
  column,
  placeOf,
  bound: (ms) => sql`${new Date(ms).toISOString()}::timestamptz`,
});

const byNumber = (column: AnyColumn, placeOf: Sorting["placeOf"]): Sorting => ({
  column,
  placeOf,
  bound: (value) => sql`${value}::numeric`,
});

const sortings: Readonly<Record<ExecutionOrderField, Sorting>> = {
  started_at: byTime(wsExecutions.startedAt, (row) => row.startedAt.getTime()),
  completed_at: byTime(wsExecutions.completedAt, (row) => row.completedAt?.getTime() ?? null),
  duration: byNumber(wsExecutions.durationSeconds, (row) => row.durationSeconds),
  llm_cost: byNumber(wsExecutions.costUsd, (row) => row.costUsd),
};

/** Up to `limit` runs in an order, after a position in it. */
export async function list(
  db: Database,
  filter: ExecutionFilter,
  order: ExecutionOrder,
  limit: number,
  after: Position | undefined,
): Promise<readonly PlacedExecution[]> {
  const sorting = sortings[order.field];
  const filtered = matchesExecution(filter);
  const page = db
    .select(executionColumns)
    .from(wsExecutions)
    .where(and(filtered, after && isAfter(sorting, order, after)))
    .orderBy(
      order.direction === "desc" ? sql`${sorting.column} desc nulls last` : asc(sorting.column),
      asc(wsExecutions.id),
    )
    .limit(limit);
  // Filters make too many statements for each of them to be kept.
  const rows = filtered === undefined ? await page.prepare("execution_list").execute() : await page;
  return rows.map((row) => ({
    execution: toExecution(row),
    position: { value: sorting.placeOf(row), id: row.id },
  }));
}

/** How many runs match. */
export async function countMatching(db: Database, filter: ExecutionFilter): Promise<number> {
  const [row] = await db.select({ matching: count() }).from(wsExecutions).where(matchesExecution(filter));
  return row?.matching ?? 0;
}

/** Rows without a value come last, so they are after every row that has one. */
function isAfter(
  { column, bound }: Sorting,
  { direction }: ExecutionOrder,
  { value, id }: Position,
): SQL | undefined {
  const later = gt(wsExecutions.id, id);
  if (value === null) return and(isNull(column), later);
  const [beyond, upTo] = direction === "desc" ? [lt, lte] : [gt, gte];
  const beyondTie = and(upTo(column, bound(value)), or(beyond(column, bound(value)), later));
  return column.notNull ? beyondTie : or(beyondTie, isNull(column));
}
