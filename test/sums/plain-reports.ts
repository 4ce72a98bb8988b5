import type { TestDatabase } from "../support/database.js";

/** The figures of a range as anybody would ask the tables for them: every run is read. */
export async function plainFigures(sql: TestDatabase["sql"], from: Date | null, to: Date) {
  const [figures] = await sql<Record<string, number | null>>(
    `select
       count(*)::float8 as "totalRuns",
       count(*) filter (where status = 'COMPLETED')::float8 as "completedCount",
       (count(*) filter (where status = 'COMPLETED')::numeric / nullif(count(*), 0))::float8 as "successRate",
       (count(*) filter (where status = 'COMPLETED')::numeric
         / nullif(count(*) filter (where status in ('COMPLETED', 'FAILED', 'HARD_STOP')), 0))::float8 as "settledSuccessRate",
       (avg(duration_seconds) filter (where status = 'COMPLETED'))::float8 as "averageDurationSeconds",
       (percentile_cont(0.95) within group (order by duration_seconds) filter (where status = 'COMPLETED'))
         ::numeric::float8 as "p95DurationSeconds",
       (count(*) filter (where status = 'COMPLETED' and rework_cycles = 0)::numeric
         / nullif(count(*) filter (where status = 'COMPLETED'), 0))::float8 as "firstPassVerifyRate",
       (avg(rework_cycles) filter (where status = 'COMPLETED'))::float8 as "averageReworkCycles",
       coalesce(sum(tests_written), 0)::float8 as "testsWritten",
       coalesce(sum(cost_usd), 0)::float8 as "llmCostUsd",
       round(sum(cost_usd) / nullif(count(*) filter (where status = 'COMPLETED'), 0), 6)::float8 as "costPerWsUsd",
       (select count(*)::float8 from ws_bug_fixes
         where autonomous and created_at >= $1::text::timestamptz and created_at < $2) as "autonomousBugFixCount",
       count(*) filter (where status = 'STARTED')::float8 as "STARTED",
       count(*) filter (where status = 'COMPLETED')::float8 as "COMPLETED",
       count(*) filter (where status = 'FAILED')::float8 as "FAILED",
       count(*) filter (where status = 'HARD_STOP')::float8 as "HARD_STOP",
       count(*) filter (where status = 'BLOCKED')::float8 as "BLOCKED"
     from ws_executions
     where started_at >= $1::text::timestamptz and started_at < $2`,
    [from?.toISOString() ?? "-infinity", to],
  );
  if (figures === undefined) throw new Error("an aggregate over no rows still has one");
  return figures;
}
