import { sql } from "drizzle-orm";
import type { CostRow } from "../domain/report.js";
import { sumOf } from "./aggregates.sql.js";

/** What every row of a breakdown of `spending` says beside its key. */
export const costRow = {
  costUsd: sumOf(sql`sum(cost_usd)`),
  callCount: sumOf(sql`sum(call_count)`),
  executionCount: sumOf(sql`count(distinct execution_id)`),
};

/** The row of a breakdown in a wider row of its statement. */
export function toCostRow({ key, costUsd, callCount, executionCount }: CostRow): CostRow {
  return { key, costUsd, callCount, executionCount };
}

/** How a statement groups `spending` by several of its columns at once, and tells which row is of which. */
export function breakdownsBy<Column extends string>(columns: readonly Column[]) {
  const names = columns.map((column) => sql.identifier(column));
  return {
    sets: sql.join(
      names.map((name) => sql`(${name})`),
      sql`, `,
    ),
    /** The column that a row is grouped by; null for the total. */
    dimension: sql<Column | null>`case ${sql.join(
      columns.map(
        (column) => sql`when grouping(${sql.identifier(column)}) = 0 then ${sql.raw(`'${column}'`)}`,
      ),
      sql` `,
    )} end`,
    key: sql<string | null>`coalesce(${sql.join(names, sql`, `)})`,
  };
}
