import { type SQL, sql } from "drizzle-orm";

/**
 * Joins that find the phase of each call: of the call `calls` in its run `runs` they make one row
 * `phase (event_id)`, null where the call belongs to no phase. A call that names a phase belongs to the
 * one of that name around it, else to the latest one before it; a call that names none belongs to the phase
 * inside whose span alone it started. An open span reaches to the end of the run.
 */
export const phaseOfCall: SQL = sql`
  left join lateral (
    select event_id
    from ws_phases
    where calls.phase_name is not null and ws_execution_id = runs.id and name = calls.phase_name
      and started_at <= calls.started_at
    order by
      calls.started_at < coalesce(completed_at, runs.completed_at, 'infinity') desc,
      started_at desc, sequence desc, event_id collate "C" desc
    limit 1
  ) as named on true
  left join lateral (
    select min(event_id) as event_id
    from ws_phases
    where calls.phase_name is null and ws_execution_id = runs.id and started_at <= calls.started_at
      and calls.started_at < coalesce(completed_at, runs.completed_at, 'infinity')
    having count(*) = 1
  ) as alone on true
  cross join lateral (select coalesce(named.event_id, alone.event_id) as event_id) as phase`;
