import { type Draw, drawn } from "./draws.sql.js";
import type { SeedPlan } from "./seed-plan.js";

/**
 * The common table expression `phases`, and those it takes: the phases of `runs`, one after the other without a gap.
 * What would begin after now has not happened yet, and what would end then is open.
 */
export function phasesOf({ seed, until }: SeedPlan): string {
  const now = `timestamptz '${until.toISOString()}'`;
  const draw = (what: Draw) => drawn(seed, "run * 10 + sequence", what);
  return `
    named as (
      select runs.*, sequence, case
        when sequence = 1 then 'failing_tests'
        when sequence = phase_count and sequence % 2 = 0 then 'do_no_harm_audit'
        when sequence % 2 = 0 then 'implement'
        else 'verify' end as name
      from runs, generate_series(1, runs.phase_count) as sequence
    ),
    measured as (
      select *, interval '1 millisecond' * round((0.3 + 2.1 * ${draw("duration")} ^ 2)
        * case name when 'implement' then 600000 when 'failing_tests' then 180000 else 140000 end) as took
      from named
    ),
    placed as (
      select *, started_at + sum(took) over (partition by run order by sequence) as ended_at from measured
    ),
    ended as (
      select *, ended_at - took as began_at,
        max(ended_at) over (partition by run) + interval '2 seconds' as run_ended_at,
        ended_at <= ${now} and not (sequence = phase_count and ending in ('STARTED', 'BLOCKED')) as is_closed,
        case when name <> 'verify' then ending = 'HARD_STOP' and sequence = phase_count
          when sequence >= phase_count - 1 then ending in ('FAILED', 'HARD_STOP')
          else true end as is_failed,
        ${draw("tests")} as tests
      from placed
    ),
    phases as materialized (
      select *,
        case when is_closed then case
          when is_failed then 'fail'
          when name = 'do_no_harm_audit' and ending = 'FAILED' then 'skipped'
          else 'pass' end end as result,
        case when is_closed and name = 'failing_tests' then 1 + floor(tests * 12)::integer end as tests_written,
        case when is_closed and name = 'verify' then 5 + floor(tests * 40)::integer end as tests_passing,
        case when is_closed and name = 'verify' then
          case when is_failed then 1 + floor(tests * 4)::integer else 0 end end as tests_failing,
        case when is_closed and name = 'implement' then 1 + floor(${draw("files")} * 9)::integer end as files_modified
      from ended
      where began_at <= ${now}
    )`;
}

const eventId = (seed: number) => `md5('phase-${seed}-' || run || '-' || sequence)::uuid::text`;

/** Stores `phases`. */
export function storedPhases(seed: number): string {
  return `
    insert into ws_phases (ws_execution_id, event_id, sequence, name, started_at, completed_at, result,
      tests_written, tests_passing, tests_failing, files_modified, created_at)
    select id, ${eventId(seed)}, sequence, name, began_at, case when is_closed then ended_at end, result,
      tests_written, tests_passing, tests_failing, files_modified, began_at
    from phases`;
}

const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What the phases of each run show, by `run`, as the product derives it from the rows of one. */
export function shownByPhases(seed: number): string {
  const lastVerify = (counter: string) =>
    `coalesce((array_agg(${counter} order by sequence desc) filter (where name = 'verify'))[1], 0)`;
  return `
    select run, max(run_ended_at) as run_ended_at,
      jsonb_build_object('phases', jsonb_agg(jsonb_build_object(
        'event_id', ${eventId(seed)}, 'sequence', sequence, 'name', name, 'started_at', ${utc("began_at")},
        'completed_at', case when is_closed then ${utc("ended_at")} end,
        'duration_seconds', case when is_closed then floor(extract(epoch from took))::integer end, 'result', result
      ) || jsonb_strip_nulls(jsonb_build_object('tests_written', tests_written, 'tests_passing', tests_passing,
        'tests_failing', tests_failing, 'files_modified', files_modified)) order by sequence)) as phase_metrics,
      jsonb_build_object('written', coalesce(sum(tests_written), 0), 'passing', ${lastVerify("tests_passing")},
        'failing', ${lastVerify("tests_failing")}, 'skipped', 0) as test_metrics,
      count(*) filter (where name = 'implement' and sequence > 2) as rework_cycles
    from phases group by run`;
}
