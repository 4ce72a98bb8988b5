import { sql } from "drizzle-orm";
import type { CostRow, CostSummary, Range } from "../domain/report.js";
import { sumOf } from "./aggregates.sql.js";
import { breakdownsBy, costRow, toCostRow } from "./cost-row.sql.js";
import type { Database } from "./database.js";
import { logAsOf } from "./llm-log-copy.repository.js";
import { within } from "./range.sql.js";
import { spending } from "./spending.sql.js";

/** The dimensions of the summary: field of the answer and column of the spending. */
const dimensions = {
  byDocumentType: "document_type",
  byWs: "ws_id",
  byDate: "local_date",
  byModel: "model",
  byPhase: "phase_name",
  bySource: "source",
} as const;

type Dimension = (typeof dimensions)[keyof typeof dimensions];

const { sets, dimension, key } = breakdownsBy(Object.values(dimensions));

/** What was spent in a range, with all its breakdowns from one statement so that they add up. */
export async function costSummary(
  db: Database,
  range: Range,
  timeZone: string,
): Promise<Omit<CostSummary, "asOf">> {
  const spent = { calls: within(sql`calls.started_at`, range), runs: within(sql`runs.started_at`, range) };
  const rows = await db
    .select({
      dimension,
      key,
      ...costRow,
      unattributedUsd: sumOf(sql`sum(cost_usd) filter (where execution_id is null)`),
      unpricedCallCount: sumOf(sql`sum(unpriced_count)`),
      logAsOf,
    })
    .from(sql`(${spending(spent, timeZone)}) as spending`)
    .groupBy(sql`grouping sets (${sets}, ())`)
    .having(sql`not (grouping(local_date) = 0 and sum(cost_usd) is null)`)
    .orderBy(
      sql`case when grouping(local_date) = 0 then local_date end`,
      sql`sum(cost_usd) desc nulls last`,
      key,
    );
  const total = rows.find((row) => row.dimension === null);
  if (total === undefined) throw new Error("an aggregate over no rows still has its total");
  const rowsOf = (column: Dimension) => rows.filter((row) => row.dimension === column);
  const breakdown = (column: Dimension): readonly CostRow[] => rowsOf(column).map(toCostRow);
  return {
    ...range,
    logAsOf: total.logAsOf,
    totalUsd: total.costUsd,
    unattributedUsd: total.unattributedUsd,
    unpricedCallCount: total.unpricedCallCount,
    unpricedModels: rowsOf(dimensions.byModel)
      .flatMap(({ key, unpricedCallCount }) => (key !== null && unpricedCallCount > 0 ? key : []))
      .sort(),
    byDocumentType: breakdown(dimensions.byDocumentType),
    byWs: breakdown(dimensions.byWs),
    byDate: breakdown(dimensions.byDate),
    byModel: breakdown(dimensions.byModel),
    byPhase: breakdown(dimensions.byPhase),
    bySource: breakdown(dimensions.bySource),
  };
}
