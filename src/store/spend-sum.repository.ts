import { type SQL, sql } from "drizzle-orm";
import type { SpendGrain } from "../domain/grain.js";
import type { SumDifference } from "../domain/kept-sums.js";
import type { Database } from "./database.js";
import { instantOf } from "./instant.sql.js";
import { queryParts } from "./query-part.sql.js";
import { cellsOf, keptCells, negative, placed, presentCells, shares } from "./spend-shares.sql.js";
import { spendCells, spendMarks, spendSums } from "./spend-sum.table.js";
import { spentWhere } from "./spending.sql.js";

/** What waits, which is the table that a fold empties. */
export const tables = ["spend_marks"] as const;

/** A marked run takes about a millisecond. */
export const mostAtOnce = 1_000;

/** Names the turn to change the sums, among the advisory locks of the database. */
const turn = sql`hashtextextended('ws-metrics spend_sums', 0)`;

const measures = ["cost_usd", "known_cost_count", "call_count", "unpriced_count", "execution_count"] as const;
const list = (item: (measure: string) => string) => sql.raw(measures.map(item).join(", "));

/** All spending there is. */
const allCells = cellsOf(spentWhere(sql`true`, sql`true`));

const addToSums = (rows: SQL) => sql`
  insert into spend_sums (grain, dimension, start_at, previous_at, key, ${list((name) => name)})
  ${placed(rows)}
  on conflict (grain, dimension, start_at, previous_at, (key is null), coalesce(key, '')) do update set
    ${list((name) => `${name} = spend_sums.${name} + excluded.${name}`)}`;

/**
 * Adds up anew what is marked, at most `limit` marks at once, and resolves to how many; none while somebody else does.
 * What is kept of it goes, what its calls say now comes. The turn is taken by a statement of its own, so that the other one
 * sees what its last holder kept. Whoever commits meanwhile leaves a mark that is not taken.
 */
export async function fold(db: Database, limit: number): Promise<number> {
  const part = queryParts(db);
  const [held] = await db
    .with(part("turn", sql`select pg_try_advisory_xact_lock(${turn}) as is_ours`))
    .select({ isOurs: sql<boolean>`is_ours` })
    .from(sql`turn`);
  if (!held?.isOurs) return 0;
  const [row] = await db
    .with(
      part(
        "marks",
        sql`
        delete from spend_marks
        where ctid = any(array(select ctid from spend_marks limit ${limit}))
        returning ws_execution_id, start_at`,
      ),
      part("units", sql`select distinct ws_execution_id, start_at from marks`),
      part(
        "gone_of_runs",
        sql`
        delete from spend_cells
        where ws_execution_id = any(array(select ws_execution_id from units where ws_execution_id is not null))
        returning *`,
      ),
      part(
        "gone_unattributed",
        sql`
        delete from spend_cells
        where ws_execution_id is null
          and start_at = any(array(select start_at from units where ws_execution_id is null))
        returning *`,
      ),
      part("come", sql`insert into spend_cells ${presentCells(sql`units`)} returning *`),
      part(
        "sums_added",
        addToSums(sql`
          ${shares(sql`select * from come`)}
          union all
          ${negative(shares(sql`select * from gone_of_runs union all select * from gone_unattributed`))}`),
      ),
    )
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`marks`);
  return row?.count ?? 0;
}

/** Where what is kept, as reports read it, is not what the calls and runs say at this moment. */
export async function differences(db: Database): Promise<readonly SumDifference[]> {
  const units = sql`units`;
  const corrections = sql`
    ${shares(presentCells(units))}
    union all
    ${negative(shares(keptCells(units)))}
    union all
    ${negative(shares(allCells))}`;
  return db
    .select({
      table: sql<string>`'spend_sums'`,
      grain: sql<SpendGrain>`grain`,
      startAt: instantOf(sql`greatest(start_at, '0001-01-01 00:00:00+00')`), // sums of all time begin at -infinity, which no Date is
      measure: sql<string>`measure || ' of ' || dimension || ' ' || coalesce(key, 'null')`,
      excess: sql<string>`sum(excess)::text`,
    })
    .from(
      sql`(
        with units as (select distinct ws_execution_id, start_at from spend_marks)
        select * from spend_sums
        union all
        ${placed(corrections)}
      ) as sums
      cross join lateral (values ${list((name) => `('${name}', ${name})`)}) as each(measure, excess)`,
    )
    .groupBy(sql`grain, dimension, key, start_at, previous_at, measure`)
    .having(sql`sum(excess) <> 0`)
    .orderBy(sql`grain, dimension, start_at, key, previous_at, measure`);
}

/**
 * Makes the sums what the calls and runs say. Nobody who writes waits for it: whoever commits after the marks are gone leaves
 * one that stays.
 */
export async function rebuild(db: Database): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${turn})`);
  for (const table of [spendMarks, spendCells, spendSums]) await db.delete(table);
  await db.execute(sql`insert into spend_cells ${allCells}`);
  await db.execute(addToSums(shares(sql`select * from spend_cells`)));
}
