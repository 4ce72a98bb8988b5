import { type SQL, sql } from "drizzle-orm";

/**
 * A lateral join that finds the phase of each call: of the call `calls` in its run `runs` it makes one row
 * `phase (event_id, name)`, null where the call belongs to no phase. A call that names a phase belongs to the
 * one of that name around it, else to the latest one before it; a call that names none belongs to the phase
 * inside whose span alone it started. An open span reaches to the end of the run.
 */
export const phaseOfCall: SQL = sql`
  cross join lateral (
    select
      case when calls.phase_name is not null or count(*) = 1 then (array_agg(spans.event_id order by
        spans.is_around desc, spans.started_at desc, spans.sequence desc, spans.event_id collate "C" desc))[1] end as event_id,
      case when calls.phase_name is not null then calls.phase_name
        when count(*) = 1 then min(spans.name) end as name
    from (
      select
        event_id, name, started_at, sequence,
        calls.started_at < coalesce(completed_at, runs.completed_at, 'infinity') as is_around
      from ws_phases
      where ws_execution_id = runs.id and started_at <= calls.started_at
    ) as spans
    where case when calls.phase_name is null then spans.is_around else spans.name = calls.phase_name end
  ) as phase`;
