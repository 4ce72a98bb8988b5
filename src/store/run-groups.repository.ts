import { type SQL, sql } from "drizzle-orm";
import type { Range, RunDimension, RunGroup } from "../domain/report.js";
import { finalStatuses } from "../vocabulary.js";
import { measureOf, runFigures } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { each, measures, spanOf } from "./kept-sums.sql.js";
import { scoreboardColumns, shownPercentile } from "./scoreboard.repository.js";

/** What the runs of a range are told apart by, and how many rows that makes before the rest is put into one. */
export interface GroupQuestion {
  readonly range: Range;
  readonly by: RunDimension;
  readonly first: number;
}

const figures = runFigures("sums");

/** What a run says of itself; of the model it is asked only where its calls name none. */
const keys: Readonly<Record<RunDimension, SQL>> = {
  executor: sql`run.executor`,
  model: sql`run.llm_model`,
  wp: sql`run.wp_id`,
};

/**
 * The figures of the runs that share a key, most runs first, then by key, null last; whatever is beyond `first` is in one
 * more row. It reads every run of the range, and by model every call of these runs: no sums are kept of them.
 */
export async function runGroups(
  db: Database,
  { range, by, first }: GroupQuestion,
): Promise<readonly RunGroup[]> {
  return await db
    .select({
      key: sql<string | null>`sums.key`,
      isRest: sql<boolean>`sums.is_rest`,
      settledRuns: figures.countOf(finalStatuses),
      ...scoreboardColumns,
      p95DurationSeconds: measureOf(sql`sums.long_duration`),
    })
    .from(sql`(
      with facts as materialized (${factsOf(range, by)})${by === "model" ? mainModels : sql``},
      labelled as (${by === "model" ? labelledByModel : sql`select *, coalesce('=' || own_key, '') as label from facts`}),
      places as (
        select
          label,
          least(
            row_number() over (order by sum(run_count) desc, label = '', label collate "C"),
            ${first}::integer + 1
          ) as place
        from labelled
        group by label
      )
      select
        case when place <= ${first}::integer then nullif(substr(min(label), 2), '') end as key,
        place > ${first}::integer as is_rest,
        place,
        percentile_cont(${sql.raw(String(shownPercentile))}) within group (order by duration_seconds)
          filter (where completed_count > 0) as long_duration,
        ${each(measures, (name) => sql`sum(${name}) as ${name}`)}
      from labelled
      join places using (label)
      group by place
    ) as sums`)
    .orderBy(sql`sums.place`)
    .prepare(`run_groups_by_${by}`)
    .execute();
}

/** The runs that started in a range, and the bug fixes recorded in it, each with what its run says of itself. */
function factsOf(range: Range, by: RunDimension): SQL {
  const columns = each(measures, (name) => sql`measures.${name}`);
  return sql`
    with span as (${spanOf(range)})
    select run.id as run_id, ${keys[by]} as own_key, 1 as run_count, run.duration_seconds, ${columns}
    from span, ws_executions as run, run_measures(run, 1) as measures
    where run.started_at >= span.start_at and run.started_at < span.end_at
    union all
    select run.id, ${keys[by]}, 0, null, ${columns}
    from span, ws_bug_fixes as fix
    join ws_executions as run on run.id = fix.ws_execution_id, bug_fix_measures(fix, 1) as measures
    where fix.autonomous and fix.created_at >= span.start_at and fix.created_at < span.end_at`;
}

/** The model that most of the cost of a run was made with, else most of its calls. */
const mainModels = sql`, main_models as (
  select distinct on (run_id) run_id, model
  from (
    select run_id, model, coalesce(sum(call.cost_usd), 0) as cost_usd, count(*) as call_count
    from (select distinct run_id from facts) as runs
    join llm_calls as call on call.ws_execution_id = runs.run_id
    group by run_id, model
  ) as spent
  order by run_id, cost_usd desc, call_count desc, model collate "C"
)`;

const labelledByModel = sql`
  select facts.*, coalesce('=' || main_models.model, '=' || own_key, '') as label
  from facts
  left join main_models using (run_id)`;
