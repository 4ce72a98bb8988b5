import { type SQL, sql } from "drizzle-orm";
import type { CostRow, CostSummary, Range } from "../domain/report.js";
import { sumOf } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { logAsOf } from "./llm-log-copy.repository.js";
import { rowsByCalls } from "./spend-by-calls.sql.js";
import { spendRows } from "./spend-rows.sql.js";
import type { spendDimensions } from "./spend-shares.sql.js";

type Dimension = (typeof spendDimensions)[number] | "local_date";

type Summary = Omit<CostSummary, "asOf">;

/** What was spent in a range, with all its breakdowns from one statement so that they add up. */
export async function costSummary(db: Database, range: Range, timeZone: string): Promise<Summary> {
  const rows = await addedUp(db, spendRows(range, timeZone));
  return rows.some(({ isCut }) => isCut) ? costSummaryByCalls(db, range, timeZone) : toSummary(range, rows);
}

/** The same from the calls and runs themselves: right in every time zone, and slow. */
export async function costSummaryByCalls(db: Database, range: Range, timeZone: string): Promise<Summary> {
  return toSummary(range, await addedUp(db, rowsByCalls(range, timeZone)));
}

/** One key of a dimension, short because there are thousands. */
type AddedRow = readonly [
  key: string | null,
  costUsd: number,
  callCount: number,
  executionCount: number,
  unpricedCallCount: number,
];

type Added = Awaited<ReturnType<typeof addedUp>>;

function toSummary(range: Range, added: Added): Summary {
  const of = (dimension: Dimension) => added.find((row) => row.dimension === dimension);
  const rowsOf = (dimension: Dimension) => of(dimension)?.rows ?? [];
  const breakdown = (dimension: Dimension): readonly CostRow[] =>
    rowsOf(dimension).map(([key, costUsd, callCount, executionCount]) => ({
      key,
      costUsd,
      callCount,
      executionCount,
    }));
  const total = of("is_attributed");
  return {
    ...range,
    logAsOf: total?.logAsOf ?? null,
    totalUsd: total?.costUsd ?? 0,
    unattributedUsd: rowsOf("is_attributed").find(([key]) => key === "false")?.[1] ?? 0,
    unpricedCallCount: total?.unpricedCallCount ?? 0,
    unpricedModels: rowsOf("model")
      .flatMap(([key, , , , unpricedCallCount]) => (key !== null && unpricedCallCount > 0 ? key : []))
      .sort(),
    byDocumentType: breakdown("document_type"),
    byWs: breakdown("ws_id"),
    byDate: breakdown("local_date"),
    byModel: breakdown("model"),
    byPhase: breakdown("phase_name"),
    bySource: breakdown("source"),
  };
}

/**
 * Spending added up by dimension, and in `rows` by its keys. There is always something of `is_attributed`. The rows
 * come as one document, which thousands of Work Statements make much faster to read than rows of the statement.
 */
async function addedUp(db: Database, spent: SQL) {
  return db
    .select({
      dimension: sql<Dimension>`dimension`,
      costUsd: sumOf(sql`sum(cost_usd)`),
      unpricedCallCount: sumOf(sql`sum(unpriced_count)`),
      isCut: sql<boolean>`bool_or(is_cut)`,
      logAsOf,
      rows: sql<readonly AddedRow[]>`coalesce(
        json_agg(json_build_array(key, cost_usd, call_count, execution_count, unpriced_count)
          order by case when dimension = 'local_date' then key end,
            case when known_cost_count > 0 then cost_usd end desc nulls last, key)
        filter (where known_cost_count > 0 or (dimension <> 'local_date' and call_count > 0)), '[]')`,
    })
    .from(
      sql`(
        select
          dimension, key, coalesce(sum(cost_usd), 0) as cost_usd, sum(known_cost_count) as known_cost_count,
          sum(call_count) as call_count, sum(execution_count) as execution_count,
          sum(unpriced_count) as unpriced_count, bool_or(is_cut) as is_cut
        from (${spent} union all select 'is_attributed', 'true', 0, 0, 0, 0, 0, false) as spent
        group by dimension, key
      ) as sums`,
    )
    .groupBy(sql`dimension`);
}
