import type postgres from "postgres";

/** Since ever, for a range without a start. */
const ever = new Date("2000-01-01T00:00:00Z");
const dayMs = 86_400_000;

/** One report, as our API and as somebody with a SQL prompt asks for it. */
export interface ReportQuestion {
  readonly name: string;
  /** Path and query of the request. */
  readonly pathAt: (now: Date) => string;
  /** The same numbers in one statement over the tables that people read, with `key` among them. */
  readonly rowsAt: (sql: postgres.Sql, now: Date) => Promise<readonly postgres.Row[]>;
  /** A number that both answers have, where the answer of the API has it. */
  readonly key: string;
  /** Whether it has the exact 95th percentile of durations. */
  readonly hasPercentile: boolean;
}

const windows = [
  ["24h", 1],
  ["7d", 7],
  ["30d", 30],
  ["90d", 90],
  ["all", undefined],
] as const;

const before = (now: Date, days: number | undefined) =>
  days === undefined ? ever : new Date(now.getTime() - days * dayMs);
const ranged = (path: string, now: Date, days: number, more = "") =>
  `/api/v1/metrics/${path}?from=${before(now, days).toISOString()}&to=${now.toISOString()}${more}`;

const scoreboards = windows.map(
  ([window, days]): ReportQuestion => ({
    name: `scoreboard, ${window}`,
    pathAt: () => `/api/v1/metrics/scoreboard?window=${window}`,
    rowsAt: (sql, now) => scoreboardRows(sql, before(now, days), now),
    key: "total_runs",
    hasPercentile: true,
  }),
);

const dashboards = (["UTC", "Asia/Kolkata"] as const).flatMap((timeZone) =>
  [30, 365].map(
    (days): ReportQuestion => ({
      name: `dashboard, ${days} days by day, ${timeZone}`,
      pathAt: (now) => ranged("dashboard", now, days, `&interval=day&time_zone=${timeZone}`),
      rowsAt: (sql, now) => dashboardRows(sql, before(now, days), now, timeZone),
      key: "total_ws_completed",
      hasPercentile: false,
    }),
  ),
);

const costSummaries = [30, undefined].map(
  (days): ReportQuestion => ({
    name: `cost summary, ${days === undefined ? "all" : `${days} days`}`,
    pathAt: (now) =>
      days === undefined ? "/api/v1/metrics/cost-summary" : ranged("cost-summary", now, days),
    rowsAt: (sql, now) => costRows(sql, before(now, days), now),
    key: "total_llm_cost_usd",
    hasPercentile: false,
  }),
);

/** Every report that is measured. */
export const reportQuestions: readonly ReportQuestion[] = [...scoreboards, ...dashboards, ...costSummaries];

const scoreboardRows = (sql: postgres.Sql, from: Date, to: Date) => sql`
  select count(*) as total_runs,
    count(*) filter (where status = 'STARTED') as started,
    count(*) filter (where status = 'COMPLETED') as completed,
    count(*) filter (where status = 'FAILED') as failed,
    count(*) filter (where status = 'HARD_STOP') as hard_stops,
    count(*) filter (where status = 'BLOCKED') as blocked,
    avg(duration_seconds) filter (where status = 'COMPLETED') as average_duration_seconds,
    percentile_cont(0.95) within group (order by duration_seconds) filter (where status = 'COMPLETED')
      as p95_duration_seconds,
    count(*) filter (where status = 'COMPLETED' and rework_cycles = 0) as first_passes,
    sum(cost_usd) as total_llm_cost_usd,
    (select count(*) from ws_bug_fixes where autonomous and created_at >= ${from} and created_at < ${to})
      as autonomous_bug_fix_count
  from ws_executions where started_at >= ${from} and started_at < ${to}`;

const dashboardRows = (sql: postgres.Sql, from: Date, to: Date, timeZone: string) => sql`
  select date_trunc('day', started_at at time zone ${timeZone}) as day,
    count(*) filter (where status = 'COMPLETED') as total_ws_completed,
    avg(duration_seconds) filter (where status = 'COMPLETED') as average_duration_seconds,
    sum(tests_written) as total_tests_written,
    sum(cost_usd) as total_llm_cost_usd,
    avg(rework_cycles) filter (where status = 'COMPLETED') as rework_cycle_average,
    (select count(*) from ws_bug_fixes where autonomous and created_at >= ${from} and created_at < ${to})
      as total_bugs_fixed_autonomously
  from ws_executions where started_at >= ${from} and started_at < ${to}
  group by grouping sets ((day), ())
  order by day nulls first`;

/** The whole is the row in which no dimension is asked for. */
const costRows = (sql: postgres.Sql, from: Date, to: Date) => sql`
  select document_type, ws_id, day, model, phase_name, source,
    sum(cost_usd) as total_llm_cost_usd, count(call) as call_count, count(distinct run) as execution_count,
    count(call) filter (where cost_usd is null) as unpriced_count, sum(cost_usd) filter (where run is null) as unattributed
  from (
    select calls.ws_execution_id as run, calls.source_key as call, document_type, runs.ws_id,
      (calls.started_at at time zone 'UTC')::date as day, model, coalesce(phase_name, spans.name) as phase_name,
      source, calls.cost_usd
    from llm_calls as calls
    left join ws_executions as runs on runs.id = calls.ws_execution_id
    left join lateral (
      select min(name) as name from ws_phases as phases
      where phases.ws_execution_id = calls.ws_execution_id and calls.phase_name is null
        and calls.started_at >= phases.started_at
        and calls.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
      having count(*) = 1
    ) as spans on true
    where calls.started_at >= ${from} and calls.started_at < ${to}
    union all
    select id, null, null, ws_id, (started_at at time zone 'UTC')::date, llm_model, null, lower(cost_source), cost_usd
    from ws_executions
    where logged_cost_usd is null and cost_usd is not null and started_at >= ${from} and started_at < ${to}
  ) as spent
  group by grouping sets ((document_type), (ws_id), (day), (model), (phase_name), (source), ())
  order by grouping(document_type, ws_id, day, model, phase_name, source) desc`;
