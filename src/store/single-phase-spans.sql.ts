import { type SQL, sql } from "drizzle-orm";

/**
 * The spans of time during which exactly one phase of a run was open: `ws_execution_id`, `started_at`, `ended_at`,
 * `phase_id`. They never overlap, so a call is inside one of them at most, and finds it by a plain join. An open phase
 * reaches to the end of its run.
 * @param runIds a query for the runs that matter
 */
export function singlePhaseSpans(runIds: SQL): SQL {
  return sql`
    select ws_execution_id, started_at, ended_at, phase_id::bigint
    from (
      select
        ws_execution_id, at as started_at, coalesce(lead(at) over in_time, 'infinity') as ended_at,
        sum(opened) over in_time as open_count,
        sum(opened_id) over in_time as phase_id -- the sum of the ids of all open phases, hence the id of a single one
      from (
        select ws_execution_id, at, sum(opened) as opened, sum(opened * id) as opened_id
        from (
          select phases.ws_execution_id, phases.id, edge.at, edge.opened
          from ws_phases as phases
          join ws_executions as runs on runs.id = phases.ws_execution_id
          cross join lateral (
            values (phases.started_at, 1), (coalesce(phases.completed_at, runs.completed_at, 'infinity'), -1)
          ) as edge (at, opened)
          where phases.ws_execution_id in (${runIds})
            and phases.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
        ) as edges
        group by ws_execution_id, at
      ) as changes
      window in_time as (partition by ws_execution_id order by at)
    ) as spans
    where open_count = 1`;
}
