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

/**
 * The common table expression `runs`: what was drawn for each run of a chunk. Its start follows from its number, so that
 * runs are in order of time: each day is as busy as the others, and five times as busy in its middle as on average.
 */
export function runsOf({ seed, executions, until }: SeedPlan, { from, to }: Chunk): string {
  const draw = (what: Draw) => drawn(seed, "run", what);
  return `
    runs as materialized (
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
    ) as placed)`;
}

/**
 * Stores `runs` with what their phases have `shown`.
 * @param hasCalls whether there is also `logged`, the sums of their calls
 */
export function storedExecutions({ seed, until }: SeedPlan, hasCalls: boolean): string {
  const draw = (what: Draw) => drawn(seed, "run", what);
  const isOver = `run_ended_at <= timestamptz '${until.toISOString()}'`;
  const columns = {
    id: "id",
    ws_id: "'WS-' || ws",
    wp_id: `case when ws % 20 > 0 then 'WP-' || ws % ${workPackages} end`,
    scope_id: `case when ${draw("scope")} < 0.2 then ${among(`${draw("scope")} * 5`, ["north", "south"])} end`,
    executor: weighted(draw("executor"), executors),
    status: `case when ${isOver} then ending else 'STARTED' end`,
    started_at: "started_at",
    completed_at: `case when ${isOver} and ending not in ('STARTED', 'BLOCKED') then run_ended_at end`,
    phase_metrics: "phase_metrics",
    reported_test_metrics: `case when ${draw("skipped tests")} < 0.05 then '{"skipped": 2}'::jsonb else '{}' end`,
    derived_test_metrics: "test_metrics",
    file_metrics: fileMetrics(draw("files")),
    derived_rework_cycles: "rework_cycles",
    ...reportedTotals(draw("totals")),
    ...(hasCalls && {
      logged_call_count: "coalesce(logged.calls, 0)",
      logged_unpriced_call_count: "coalesce(logged.unpriced, 0)",
      logged_cost_usd: "logged.cost_usd",
    }),
    created_at: "started_at",
  };
  return `
    insert into ws_executions (${Object.keys(columns).join(", ")})
    select ${Object.values(columns).join(", ")}
    from runs join shown using (run) ${hasCalls ? "left join logged using (run)" : ""}`;
}

const fileMetrics = (draw: string) => `
    case when ${draw} < 0.6 then jsonb_build_object('created', '[]'::jsonb, 'deleted', '[]'::jsonb,
      'modified', jsonb_build_array('src/module-' || ws || '/service.ts', 'test/module-' || ws || '.test.ts'))
    else '{"created":[],"modified":[],"deleted":[]}' end`;

/** What three runs in ten report of their calls. */
function reportedTotals(draw: string) {
  const told = (value: string, otherwise: string) =>
    `case when ${draw} < 0.3 then ${value} else ${otherwise} end`;
  return {
    llm_calls: told(`1 + floor(${draw} * 100)::integer`, "0"),
    llm_tokens_in: told(`floor(${draw} * 900000)::integer`, "0"),
    llm_tokens_out: told(`floor(${draw} * 200000)::integer`, "0"),
    llm_cost_usd: told(`round((0.05 + ${draw} * 9)::numeric, 6)`, "null"),
    llm_model: told("'claude-sonnet-4-5'", "null"),
  };
}
