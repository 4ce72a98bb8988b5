import { type SQL, sql } from "drizzle-orm";
import type { Range, RunDimension, RunGroup } from "../domain/report.js";
import { finalStatuses } from "../vocabulary.js";
import { measureOf, runFigures } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { each, measures } from "./kept-sums.sql.js";
import { mainModel } from "./main-model.sql.js";
import { within } from "./range.sql.js";
import { scoreboardColumns, shownPercentile } from "./scoreboard.repository.js";

/** What the runs of a range are told apart by, and how many rows that makes before the rest is put into one. */
export interface GroupQuestion {
  readonly range: Range;
  readonly by: RunDimension;
  readonly first: number;
}

const figures = runFigures("sums");

/** What a run, `run`, has of each dimension. */
const keys: Readonly<Record<RunDimension, SQL>> = {
  executor: sql`run.executor`,
  model: mainModel("run"),
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
      with labelled as (${factsOf(sql`coalesce('=' || ${keys[by]}, '')`, range)}),
      labels as (
        select
          label,
          sum(run_count) as run_count,
          array_agg(duration_seconds) filter (where completed_count > 0) as durations,
          ${each(measures, (name) => sql`sum(${name}) as ${name}`)}
        from labelled
        group by label
      ),
      places as (
        select
          *,
          least(
            row_number() over (order by run_count desc, label = '', label collate "C"),
            ${first}::integer + 1
          ) as place
        from labels
      )
      select
        case when place <= ${first}::integer then nullif(substr(min(label), 2), '') end as key,
        place > ${first}::integer as is_rest,
        place,
        (
          select percentile_cont(${sql.raw(String(shownPercentile))}) within group (order by duration)
          from places as own, unnest(own.durations) as duration
          where own.place = places.place
        ) as long_duration,
        ${each(measures, (name) => sql`sum(${name}) as ${name}`)}
      from places
      group by place
    ) as sums`)
    .orderBy(sql`sums.place`);
}

/** The runs that started in a range, and the bug fixes recorded in it, each with the label of its run. */
function factsOf(label: SQL, range: Range): SQL {
  const columns = each(measures, (name) => sql`measures.${name}`);
  return sql`
    select ${label} as label, 1 as run_count, run.duration_seconds, ${columns}
    from ws_executions as run, run_measures(run, 1) as measures
    where ${within(sql`run.started_at`, range)}
    union all
    select ${label}, 0, null, ${columns}
    from ws_bug_fixes as fix
    join ws_executions as run on run.id = fix.ws_execution_id, bug_fix_measures(fix, 1) as measures
    where fix.autonomous and ${within(sql`fix.created_at`, range)}`;
}
