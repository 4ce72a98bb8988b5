import { type SQL, sql } from "drizzle-orm";
import type { CostRow, CostSummary, Range } from "../domain/report.js";
import { sumOf } from "./aggregates.sql.js";
import { toCostRow } from "./cost-row.sql.js";
import type { Database } from "./database.js";
import { logAsOf } from "./llm-log-copy.repository.js";
import { rowsByCalls } from "./spend-by-calls.sql.js";
import { spendRows } from "./spend-rows.sql.js";

type Dimension = "document_type" | "ws_id" | "local_date" | "model" | "phase_name" | "source";

type Summary = Omit<CostSummary, "asOf">;

/** What was spent in a range, with all its breakdowns from one statement so that they add up. */
export async function costSummary(db: Database, range: Range, timeZone: string): Promise<Summary> {
  const added = await addedUp(db, spendRows(range, timeZone));
  return added.total.isCut ? costSummaryByCalls(db, range, timeZone) : toSummary(range, added);
}

/** The same from the calls and runs themselves: right in every time zone, and slow. */
export async function costSummaryByCalls(db: Database, range: Range, timeZone: string): Promise<Summary> {
  return toSummary(range, await addedUp(db, rowsByCalls(range, timeZone)));
}

function toSummary(range: Range, { total, rows }: Awaited<ReturnType<typeof addedUp>>): Summary {
  const rowsOf = (column: Dimension) => rows.filter((row) => row.dimension === column);
  const breakdown = (column: Dimension): readonly CostRow[] => rowsOf(column).map(toCostRow);
  return {
    ...range,
    logAsOf: total.logAsOf,
    totalUsd: total.totalUsd,
    unattributedUsd: total.unattributedUsd,
    unpricedCallCount: total.totalUnpricedCallCount,
    unpricedModels: rowsOf("model")
      .flatMap(({ key, unpricedCallCount }) => (key !== null && unpricedCallCount > 0 ? key : []))
      .sort(),
    byDocumentType: breakdown("document_type"),
    byWs: breakdown("ws_id"),
    byDate: breakdown("local_date"),
    byModel: breakdown("model"),
    byPhase: breakdown("phase_name"),
    bySource: breakdown("source"),
  };
}

/** Rows of spending, added up by dimension and key, and all together. */
async function addedUp(db: Database, spent: SQL) {
  const isAnything = sql`dimension = 'is_attributed'`;
  const rows = await db
    .select({
      dimension: sql<Dimension | "is_attributed" | null>`dimension`,
      key: sql<string | null>`key`,
      costUsd: sumOf(sql`sum(cost_usd)`),
      callCount: sumOf(sql`sum(call_count)`),
      executionCount: sumOf(sql`sum(execution_count)`),
      unpricedCallCount: sumOf(sql`sum(unpriced_count)`),
      totalUsd: sumOf(sql`sum(cost_usd) filter (where ${isAnything})`),
      unattributedUsd: sumOf(sql`sum(cost_usd) filter (where ${isAnything} and key = 'false')`),
      totalUnpricedCallCount: sumOf(sql`sum(unpriced_count) filter (where ${isAnything})`),
      isCut: sql<boolean>`coalesce(bool_or(is_cut), false)`,
      logAsOf,
    })
    .from(sql`(${spent}) as spent`)
    .groupBy(sql`grouping sets ((dimension, key), ())`)
    .having(
      sql`grouping(dimension) = 1 or sum(known_cost_count) > 0 or (dimension <> 'local_date' and sum(call_count) > 0)`,
    )
    .orderBy(
      sql`case when dimension = 'local_date' then key end`,
      sql`case when sum(known_cost_count) > 0 then sum(cost_usd) end desc nulls last`,
      sql`key`,
    );
  const total = rows.find(({ dimension }) => dimension === null);
  if (total === undefined) throw new Error("an aggregate over no rows still has its total");
  return { total, rows };
}
