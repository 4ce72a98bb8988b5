import { sql } from "drizzle-orm";
import type { Database } from "./database.js";
import { negative, placed, presentCells, shares } from "./spend-shares.sql.js";
import { spendMarks } from "./spend-sum.table.js";

/** Numbers the lock of whoever folds; it means nothing else. */
const foldLock = 5_130_004;

/** Takes the turn to fold until the transaction ends; false when somebody else has it. */
export async function takeTurn(db: Database): Promise<boolean> {
  const [turn] = await db
    .select({ isTaken: sql<boolean>`is_taken` })
    .from(sql`pg_try_advisory_xact_lock(${foldLock}) as is_taken`);
  return turn?.isTaken ?? false;
}

/** A run, or a quarter hour of calls without one, whose spending is to be added up anew. */
export type SpendMark = typeof spendMarks.$inferSelect;

/** Takes marks away, at most `limit`, in a transaction that has the turn and adds up anew what they mark. */
export function takeMarks(db: Database, limit: number): Promise<readonly SpendMark[]> {
  return db
    .delete(spendMarks)
    .where(sql`ctid = any (array(select ctid from spend_marks limit ${limit}))`)
    .returning();
}

/**
 * Adds up anew what was marked: what is kept of it goes, what its calls say now comes. This sees at least what the marks
 * were left for; whoever commits meanwhile leaves marks that were not taken.
 */
export async function addUpAnew(db: Database, marks: readonly SpendMark[]): Promise<void> {
  if (marks.length === 0) return;
  const units = marks.map(({ wsExecutionId, startAt }) => ({
    ws_execution_id: wsExecutionId,
    start_at: startAt,
  }));
  await db.execute(sql`
    with units as materialized (
      select distinct ws_execution_id, start_at
      from json_to_recordset(${JSON.stringify(units)}::json) as marks (ws_execution_id uuid, start_at timestamptz)
    ), gone as (
      delete from spend_cells
      where ws_execution_id = any (array(select ws_execution_id from units where ws_execution_id is not null))
      returning *
    ), gone_unattributed as (
      delete from spend_cells
      where ws_execution_id is null
        and start_at = any (array(select start_at from units where ws_execution_id is null))
      returning *
    ), come as (
      insert into spend_cells ${presentCells(sql`units`)}
      returning *
    )
    insert into spend_sums as sums ${placed(sql`
      ${shares(sql`select * from come`)}
      union all
      ${negative(shares(sql`select * from gone union all select * from gone_unattributed`))}`)}
    order by grain, dimension, start_at, previous_at, key
    on conflict (grain, dimension, start_at, previous_at, (key is null), coalesce(key, '')) do update set
      cost_usd = sums.cost_usd + excluded.cost_usd,
      known_cost_count = sums.known_cost_count + excluded.known_cost_count,
      call_count = sums.call_count + excluded.call_count,
      unpriced_count = sums.unpriced_count + excluded.unpriced_count,
      execution_count = sums.execution_count + excluded.execution_count`);
}
