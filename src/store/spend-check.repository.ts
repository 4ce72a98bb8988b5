import { sql } from "drizzle-orm";
import type { Database } from "./database.js";
import { cellsOf, keptCells, negative, placed, presentCells, shares } from "./spend-shares.sql.js";
import { spendCells, spendMarks, spendSums } from "./spend-sum.table.js";
import { spentWhere } from "./spending.sql.js";

/** Where a kept sum of spending is not what the calls and runs say, and how much more it has. */
export interface SpendDifference {
  readonly grain: string;
  readonly dimension: string;
  readonly key: string | null;
  /** ISO 8601 as the database spells it; `-infinity` for all time. */
  readonly startAt: string;
  readonly costUsd: number;
  readonly callCount: number;
  readonly executionCount: number;
}

const allCells = cellsOf(spentWhere(sql`true`, sql`true`));

/**
 * Compares all kept sums of spending, as reports read them, with the calls and runs, in one statement. It reads everything, so it
 * takes minutes where there are millions.
 */
export function differences(db: Database): Promise<readonly SpendDifference[]> {
  const units = sql`units`;
  const unfolded = sql`
    ${shares(presentCells(units))}
    union all
    ${negative(shares(keptCells(units)))}`;
  return db
    .select({
      grain: sql<string>`grain`,
      dimension: sql<string>`dimension`,
      key: sql<string | null>`key`,
      startAt: sql<string>`start_at::text`,
      costUsd: sql`sum(cost_usd)`.mapWith(Number),
      callCount: sql`sum(call_count)`.mapWith(Number),
      executionCount: sql`sum(execution_count)`.mapWith(Number),
    })
    .from(
      sql`(
        with units as (select distinct ws_execution_id, start_at from spend_marks)
        select * from spend_sums
        union all
        ${placed(sql`${unfolded} union all ${negative(shares(allCells))}`)}
      ) as sums`,
    )
    .groupBy(sql`grain, dimension, key, start_at, previous_at`)
    .having(
      sql`(sum(cost_usd), sum(known_cost_count), sum(call_count), sum(unpriced_count), sum(execution_count)) is distinct from (0, 0, 0, 0, 0)`,
    )
    .orderBy(sql`grain, dimension, start_at, key`) as Promise<readonly SpendDifference[]>;
}

/** Makes all sums of spending anew, in a transaction that has the turn to fold. Writers of calls wait for it. */
export async function rebuild(db: Database): Promise<void> {
  await db.execute(sql`lock table llm_calls, ws_executions, ws_phases in share mode`);
  for (const table of [spendMarks, spendCells, spendSums]) await db.delete(table);
  await db.execute(sql`insert into spend_cells ${allCells}`);
  await db.execute(sql`insert into spend_sums ${placed(shares(sql`select * from spend_cells`))}`);
}
