/**
 * What recording a phase changes, as one statement of somebody who needs no answers, no repeats and no conflicts told
 * apart: the row of the phase, and what the run shows of it.
 */
export const recordPhaseScript = (seed: number, runs: number) => `
\\set run random(0, ${runs - 1})
with run as (
  select md5('run-${seed}-' || :run)::uuid as id
), phase as (
  insert into ws_phases (ws_execution_id, event_id, sequence, name, started_at, completed_at, result, tests_passing,
    tests_failing, created_at)
  select run.id, gen_random_uuid()::text,
    (select coalesce(max(sequence), 0) + 1 from ws_phases where ws_execution_id = run.id),
    'verify', now(), now(), 'pass', 12, 0, now()
  from run
  on conflict (ws_execution_id, event_id) do nothing
  returning *
)
update ws_executions set
  phase_metrics = jsonb_build_object('phases', phase_metrics -> 'phases' || jsonb_build_array(jsonb_build_object(
    'event_id', phase.event_id, 'sequence', phase.sequence, 'name', phase.name, 'started_at', phase.started_at,
    'completed_at', phase.completed_at, 'duration_seconds', phase.duration_seconds, 'result', phase.result,
    'tests_passing', phase.tests_passing, 'tests_failing', phase.tests_failing))),
  derived_test_metrics = derived_test_metrics
    || jsonb_build_object('passing', phase.tests_passing, 'failing', phase.tests_failing),
  derived_rework_cycles = derived_rework_cycles
from phase where ws_executions.id = phase.ws_execution_id;
`;
