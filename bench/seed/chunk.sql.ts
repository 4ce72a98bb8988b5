import { callsOf, loggedSums, storedCalls } from "./calls.sql.js";
import { drawn } from "./draws.sql.js";
import { executionColumns, runsAndPhases } from "./runs.sql.js";
import { type Chunk, firstRunWithCalls, type SeedPlan } from "./seed-plan.js";

const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * One statement that stores a chunk of runs with all that belongs to them, as the product itself would have stored it:
 * documents, derived metrics and sums agree with the rows.
 */
export function chunkStatement(plan: SeedPlan, chunk: Chunk): string {
  const { seed } = plan;
  const hasCalls = chunk.from >= firstRunWithCalls(plan);
  return `
    with ${runsAndPhases(plan, chunk)},
    ${hasCalls ? `${callsOf(plan)}, stored_calls as (${storedCalls(seed)}),` : ""}
    stored_phases as (${storedPhases(seed)}),
    stored_sessions as (
      insert into ws_execution_sessions (ws_execution_id, executor_session_id, created_at)
      select id, 'session-${seed}-' || run, started_at from runs where has_session),
    stored_fixes as (${storedFixes(seed)}),
    shown as (${shown(seed)})
    ${storedExecutions(plan, hasCalls ? loggedSums : undefined)}`;
}

const eventId = (seed: number) => `md5('phase-${seed}-' || run || '-' || sequence)::uuid::text`;

function storedPhases(seed: number): string {
  return `
    insert into ws_phases (ws_execution_id, event_id, sequence, name, started_at, completed_at, result,
      tests_written, tests_passing, tests_failing, files_modified, created_at)
    select id, ${eventId(seed)}, sequence, name, began_at, case when is_closed then ended_at end, result,
      tests_written, tests_passing, tests_failing, files_modified, began_at
    from phases`;
}

/** What the phases of each run show, as the product derives it from the rows of one. */
function shown(seed: number): string {
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

/** Three in ten runs have a bug fix, or two; it was recorded at the end of a phase that has ended. */
function storedFixes(seed: number): string {
  const fix = (number: number) => `
    select id, run, number, max(ended_at) filter (where is_closed) as fixed_at
    from phases, (values (${number})) as fixes (number)
    where ${drawn(seed, "run", "fixes")} < ${number === 1 ? 0.25 : 0.05}
    group by id, run, number`;
  return `
    insert into ws_bug_fixes (id, ws_execution_id, description, root_cause, test_name, fix_summary, files_modified,
      autonomous, created_at)
    select md5('fix-${seed}-' || run || '-' || number)::uuid, id, 'The total was off by one row at a page edge',
      'The cursor compared times without the id', 'a page neither skips nor repeats a row',
      'Ties are broken by id', jsonb_build_array('src/module-' || run % 500 || '/page.ts'),
      ${drawn(seed, "run * 2 + number", "fix")} < 0.7, fixed_at
    from (${fix(1)} union all ${fix(2)}) as fixes where fixed_at is not null`;
}

/** @param sums the query of what the calls of each run come to; undefined when there are no calls */
function storedExecutions({ seed, until }: SeedPlan, sums: string | undefined): string {
  const drawnOnce = executionColumns(seed);
  const isOver = `run_ended_at <= timestamptz '${until.toISOString()}'`;
  return `
    insert into ws_executions (id, ws_id, wp_id, scope_id, executor, status, started_at, completed_at, phase_metrics,
      reported_test_metrics, derived_test_metrics, file_metrics, derived_rework_cycles, llm_calls, llm_tokens_in,
      llm_tokens_out, llm_cost_usd, llm_model, logged_call_count, logged_unpriced_call_count, logged_cost_usd, created_at)
    select id, ${drawnOnce.wsId}, ${drawnOnce.wpId}, ${drawnOnce.scopeId}, ${drawnOnce.executor},
      case when ${isOver} then ending else 'STARTED' end, started_at,
      case when ${isOver} and ending not in ('STARTED', 'BLOCKED') then run_ended_at end, phase_metrics,
      ${drawnOnce.skippedTests}, test_metrics, ${drawnOnce.fileMetrics}, rework_cycles, ${drawnOnce.totals},
      ${sums ? "coalesce(logged.calls, 0), coalesce(logged.unpriced, 0), logged.cost_usd" : "0, 0, null"}, started_at
    from runs join shown using (run) ${sums ? `left join (${sums}) as logged using (run)` : ""}`;
}
