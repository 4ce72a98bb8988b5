import { inArray, sql } from "drizzle-orm";
import type { CostBreakdown } from "../domain/cost.js";
import type { CostRow } from "../domain/report.js";
import { sumOf } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { spending, spentWhere } from "./spending.sql.js";

/** The dimensions of a run: field of the answer and column of the spending. */
const dimensions = {
  byDocumentType: "document_type",
  byModel: "model",
  byPhase: "phase_name",
  bySource: "source",
} as const;

type Dimension = (typeof dimensions)[keyof typeof dimensions];

const columns = Object.values(dimensions).map((name) => ({ name, column: sql.identifier(name) }));

const sets = sql.join(
  columns.map(({ column }) => sql`(execution_id, ${column})`),
  sql`, `,
);

/** The column that a row is grouped by. */
const dimension = sql<Dimension>`case ${sql.join(
  columns.map(({ name, column }) => sql`when grouping(${column}) = 0 then ${sql.raw(`'${name}'`)}`),
  sql` `,
)} end`;

/** The value of that column, which is the only one that a row has. */
const key = sql<string | null>`coalesce(${sql.join(
  columns.map(({ column }) => column),
  sql`, `,
)})`;

/** Nothing here asks when it was. */
const anyTime = () => sql`null`;

/** On what several runs spent their cost, by run id; each breakdown of a run sums to its cost. */
export async function byExecutionIds(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CostBreakdown>> {
  const spent = spentWhere(inArray(sql`calls.ws_execution_id`, [...ids]), inArray(sql`runs.id`, [...ids]));
  const rows = await db
    .select({
      id: sql<string>`execution_id`,
      dimension,
      key,
      costUsd: sumOf(sql`sum(cost_usd)`),
      callCount: sumOf(sql`sum(call_count)`),
      executionCount: sumOf(sql`count(distinct execution_id)`),
    })
    .from(sql`(${spending(spent, anyTime)}) as spending`)
    .groupBy(sql`grouping sets (${sets})`)
    .orderBy(sql`sum(cost_usd) desc nulls last`, key);
  const breakdown = (id: string, column: Dimension): readonly CostRow[] =>
    rows
      .filter((row) => row.id === id && row.dimension === column)
      .map(({ key, costUsd, callCount, executionCount }) => ({ key, costUsd, callCount, executionCount }));
  return new Map(
    ids.map((id) => [
      id,
      {
        byDocumentType: breakdown(id, dimensions.byDocumentType),
        byModel: breakdown(id, dimensions.byModel),
        byPhase: breakdown(id, dimensions.byPhase),
        bySource: breakdown(id, dimensions.bySource),
      },
    ]),
  );
}
