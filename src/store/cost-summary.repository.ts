import { type SQL, sql } from "drizzle-orm";
import type { CostRow, CostSummary, Range } from "../domain/report.js";
import { sumOf } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { phaseOfCall } from "./phase-of-call.sql.js";
import { within } from "./range.sql.js";

/** The dimensions of the summary: field of the answer and column of the spending. */
const dimensions = {
  byDocumentType: "document_type",
  byWs: "ws_id",
  byDate: "local_date",
  byModel: "model",
  byPhase: "phase_name",
} as const;

type Dimension = (typeof dimensions)[keyof typeof dimensions];

const columns = Object.values(dimensions).map((column) => sql.identifier(column));
const sets = sql.join(
  columns.map((column) => sql`(${column})`),
  sql`, `,
);

const key = sql<string | null>`coalesce(${sql.join(columns, sql`, `)})`;

/** `document_type` when the row belongs to that breakdown, null for the total. */
const dimension = sql<Dimension | null>`case ${sql.join(
  Object.values(dimensions).map(
    (column) => sql`when grouping(${sql.identifier(column)}) = 0 then ${sql.raw(`'${column}'`)}`,
  ),
  sql` `,
)} end`;

/** What was spent in a range, with all its breakdowns from one statement so that they add up. */
export async function costSummary(
  db: Database,
  range: Range,
  timeZone: string,
): Promise<Omit<CostSummary, "asOf">> {
  const rows = await db
    .select({
      dimension,
      key,
      costUsd: sumOf(sql`sum(cost_usd)`),
      callCount: sumOf(sql`count(*) filter (where is_call)`),
      executionCount: sumOf(sql`count(distinct execution_id)`),
      unattributedUsd: sumOf(sql`sum(cost_usd) filter (where is_call and execution_id is null)`),
      unpricedCallCount: sumOf(sql`count(*) filter (where is_call and cost_usd is null)`),
    })
    .from(sql`(${spending(range, timeZone)}) as spending`)
    .groupBy(sql`grouping sets (${sets}, ())`)
    .having(sql`not (grouping(local_date) = 0 and sum(cost_usd) is null)`)
    .orderBy(
      sql`case when grouping(local_date) = 0 then local_date end`,
      sql`sum(cost_usd) desc nulls last`,
      key,
    );
  const total = rows.find((row) => row.dimension === null);
  if (total === undefined) throw new Error("an aggregate over no rows still has its total");
  const breakdown = (column: Dimension): readonly CostRow[] =>
    rows
      .filter((row) => row.dimension === column)
      .map(({ key, costUsd, callCount, executionCount }) => ({ key, costUsd, callCount, executionCount }));
  return {
    ...range,
    totalUsd: total.costUsd,
    unattributedUsd: total.unattributedUsd,
    unpricedCallCount: total.unpricedCallCount,
    byDocumentType: breakdown(dimensions.byDocumentType),
    byWs: breakdown(dimensions.byWs),
    byDate: breakdown(dimensions.byDate),
    byModel: breakdown(dimensions.byModel),
    byPhase: breakdown(dimensions.byPhase),
  };
}

/** One row per call by its start, and one per run whose cost no call tells by the start of the run. */
function spending(range: Range, timeZone: string): SQL {
  const localDate = (time: SQL) => sql`to_char(${time} at time zone ${timeZone}, 'YYYY-MM-DD')`;
  return sql`
    select
      true as is_call, calls.cost_usd, calls.ws_execution_id as execution_id, calls.document_type, runs.ws_id,
      ${localDate(sql`calls.started_at`)} as local_date, calls.model, phase.name as phase_name
    from llm_calls as calls
    left join ws_executions as runs on runs.id = calls.ws_execution_id
    ${phaseOfCall}
    where ${within(sql`calls.started_at`, range)}
    union all
    select
      false, cost_usd, id, null, ws_id, ${localDate(sql`started_at`)}, llm_model, null
    from ws_executions
    where logged_cost_usd is null and cost_usd is not null and ${within(sql`started_at`, range)}`;
}
