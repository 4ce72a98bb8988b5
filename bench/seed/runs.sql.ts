import { among, type Draw, drawn, weighted } from "./draws.sql.js";
import { type Chunk, days, type SeedPlan } from "./seed-plan.js";

const workStatements = 4_000;
const workPackages = 40;

/** Shares of executors, and of how runs end; the open ones are abandoned. */
const executors = [
  ["'claude_code'", 60],
  ["'subagent'", 25],
  ["'codex'", 10],
  ["'human'", 5],
] as const;
const endings = [
  ["'COMPLETED'", 82],
  ["'FAILED'", 9],
  ["'HARD_STOP'", 4],
  ["'STARTED'", 3],
  ["'BLOCKED'", 2],
] as const;
/** A pair more of phases than 3 or 4 is a verification that failed, and the rework after it. */
const phaseCounts = [
  ["3", 20],
  ["4", 40],
  ["5", 8],
  ["6", 17],
  ["7", 5],
  ["8", 10],
] as const;

/** The common table expressions `runs` and `phases` of a chunk: what was drawn for each, before anything is stored. */
export function runsAndPhases(plan: SeedPlan, chunk: Chunk): string {
  return `
    runs as materialized (${runsOf(plan, chunk)}),
    phases as materialized (${phasesOf(plan)})`;
}

/**
 * The start of a run follows from its number, so that runs are in order of time: each day is as busy as the others, and
 * five times as busy in its middle as on average.
 */
function runsOf({ seed, executions, until }: SeedPlan, { from, to }: Chunk): string {
  const draw = (what: Draw) => drawn(seed, "run", what);
  return `
    select run, id, ws, has_session, phase_count, ending,
      date_trunc('milliseconds', timestamptz '${until.toISOString()}' - interval '1 day'
        * (${days} - day_of_run - in_day - 0.8 * sin(2 * pi() * in_day) / (2 * pi()))) as started_at
    from (
      select run, md5('run-${seed}-' || run)::uuid as id,
        1 + floor(${draw("work statement")} * ${workStatements})::integer as ws,
        ${draw("session")} < 0.3 as has_session,
        ${weighted(draw("phases"), phaseCounts)} as phase_count,
        ${weighted(draw("ending"), endings)} as ending,
        floor(day)::integer as day_of_run, day - floor(day) as in_day
      from (
        select run, (run + ${draw("moment")}) * ${days} / ${executions} as day
        from generate_series(${from}::bigint, ${to - 1}::bigint) as run
      ) as numbered
    ) as placed`;
}

/** Phases follow each other without a gap; what would be after now has not happened yet, and what would end then is open. */
function phasesOf({ seed, until }: SeedPlan): string {
  const now = `timestamptz '${until.toISOString()}'`;
  const draw = (what: Draw) => drawn(seed, "run * 10 + sequence", what);
  const name = `case
        when sequence = 1 then 'failing_tests'
        when sequence = phase_count and sequence % 2 = 0 then 'do_no_harm_audit'
        when sequence % 2 = 0 then 'implement'
        else 'verify' end`;
  return `
    select *,
      case when is_closed then
        case when is_failed then 'fail' when name = 'do_no_harm_audit' and ending = 'FAILED' then 'skipped' else 'pass' end
      end as result,
      case when is_closed and name = 'failing_tests' then 1 + floor(tests * 12)::integer end as tests_written,
      case when is_closed and name = 'verify' then 5 + floor(tests * 40)::integer end as tests_passing,
      case when is_closed and name = 'verify' then
        case when is_failed then 1 + floor(tests * 4)::integer else 0 end end as tests_failing,
      case when is_closed and name = 'implement' then 1 + floor(${draw("files")} * 9)::integer end as files_modified
    from (
      select *, ended_at - took as began_at,
        max(ended_at) over (partition by run) + interval '2 seconds' as run_ended_at,
        ended_at <= ${now} and not (sequence = phase_count and ending in ('STARTED', 'BLOCKED')) as is_closed,
        case when name <> 'verify' then ending = 'HARD_STOP' and sequence = phase_count
          when sequence >= phase_count - 1 then ending in ('FAILED', 'HARD_STOP') else true end as is_failed,
        ${draw("tests")} as tests
      from (
        select *, started_at + sum(took) over (partition by run order by sequence) as ended_at
        from (
          select *, interval '1 millisecond' * round((0.3 + 2.1 * ${draw("duration")} ^ 2)
            * case name when 'implement' then 600000 when 'failing_tests' then 180000 else 140000 end) as took
          from (
            select runs.*, sequence, ${name} as name
            from runs, generate_series(1, runs.phase_count) as sequence
          ) as named
        ) as measured
      ) as following
    ) as ending
    where began_at <= ${now}`;
}

/** What of `runs` is drawn only for the row that is stored. */
export function executionColumns(seed: number) {
  const draw = (what: Draw) => drawn(seed, "run", what);
  return {
    wsId: "'WS-' || ws",
    wpId: `case when ws % 20 > 0 then 'WP-' || ws % ${workPackages} end`,
    scopeId: `case when ${draw("scope")} < 0.2 then ${among(`${draw("scope")} * 5`, ["north", "south"])} end`,
    executor: weighted(draw("executor"), executors),
    skippedTests: `case when ${draw("skipped tests")} < 0.05 then '{"skipped": 2}'::jsonb else '{}' end`,
    fileMetrics: `case when ${draw("files")} < 0.6 then jsonb_build_object('created', '[]'::jsonb, 'deleted', '[]'::jsonb,
      'modified', jsonb_build_array('src/module-' || ws || '/service.ts', 'test/module-' || ws || '.test.ts'))
      else '{"created":[],"modified":[],"deleted":[]}' end`,
    totals: totals(draw("totals")),
  };
}

/** What three runs in ten report of their calls: how many, tokens in and out, cost and model. */
function totals(draw: string): string {
  const told = (value: string, otherwise: string) =>
    `case when ${draw} < 0.3 then ${value} else ${otherwise} end`;
  return [
    told(`1 + floor(${draw} * 100)::integer`, "0"),
    told(`floor(${draw} * 900000)::integer`, "0"),
    told(`floor(${draw} * 200000)::integer`, "0"),
    told(`round((0.05 + ${draw} * 9)::numeric, 6)`, "null"),
    told("'claude-sonnet-4-5'", "null"),
  ].join(", ");
}
