import { type SQL, sql } from "drizzle-orm";
import type { Grain } from "../domain/grain.js";
import type { Range } from "../domain/report.js";

/** What is kept of runs and bug fixes: the columns of `run_sums` and `run_sum_changes` that are added up. */
export const measures = [
  "started_count",
  "blocked_count",
  "completed_count",
  "failed_count",
  "hard_stop_count",
  "first_pass_count",
  "completed_seconds",
  "completed_rework_cycles",
  "tests_written",
  "cost_usd",
  "known_cost_count",
  "autonomous_bug_fix_count",
] as const;

/** The name of one of these columns. */
export type Measure = (typeof measures)[number];

/** A relation of one span; one without a start goes back for ever. */
export function spanOf({ from, to }: Range): SQL {
  const start = from === null ? "-infinity" : from.toISOString();
  return sql`select ${start}::timestamptz as start_at, ${to.toISOString()}::timestamptz as end_at`;
}

/**
 * The sums of each span `[start_at, end_at)` of a relation, one row each: whole days of UTC, and what lies between
 * the midnight nearest to each edge and the edge, added or taken away. Of that, whole quarter hours are kept too, so
 * that only what lies between the edge and the nearest of them is read from the runs themselves. A measure is null
 * where there is nothing to add.
 */
export function keptSums(spans: SQL, names: readonly Measure[]): SQL {
  return sql`
    with waiting as materialized (
      select start_at, ${each(names, (name) => sql`sum(${name}) as ${name}`)}
      from run_sum_changes
      group by start_at
    )
    select start_at, end_at, sums.*
    from (${spans}) as spans
    cross join lateral (
      select
        ${nearest(sql`start_at`, "day")} as first_day,
        ${nearest(sql`end_at`, "day")} as last_day,
        ${nearest(sql`start_at`, "quarter_hour")} as first_quarter,
        ${nearest(sql`end_at`, "quarter_hour")} as last_quarter
    ) as edges
    cross join lateral (
      select ${each(names, (name) => sql`sum(part.factor * kept.${name}) as ${name}`)}
      from (values
        (1, 'day', first_day, last_day),
        (1, 'quarter_hour', last_day, last_quarter), (-1, 'quarter_hour', last_quarter, last_day),
        (-1, 'quarter_hour', first_day, first_quarter), (1, 'quarter_hour', first_quarter, first_day),
        (1, null, last_quarter, end_at), (-1, null, end_at, last_quarter),
        (-1, null, first_quarter, start_at), (1, null, start_at, first_quarter)
      ) as part(factor, grain, from_at, to_at)
      cross join lateral (${sumsOfPart(names)}) as kept
      where part.from_at < part.to_at
    ) as sums`;
}

/** The sums of one part: kept ones and what waits to be added to them, or else the facts themselves. */
function sumsOfPart(names: readonly Measure[]): SQL {
  const columns = (table: string) => each(names, (name) => sql`${sql.identifier(table)}.${name}`);
  const isInside = (time: SQL) => sql`${time} >= part.from_at and ${time} < part.to_at`;
  return sql`
    select ${each(names, (name) => sql`sum(${name}) as ${name}`)}
    from (
      select ${columns("run_sums")}
      from run_sums
      where run_sums.grain = part.grain and ${isInside(sql`run_sums.start_at`)}
      union all
      select ${columns("waiting")}
      from waiting
      where part.grain is not null and ${isInside(sql`waiting.start_at`)}
      union all
      select ${columns("measures")}
      from ws_executions as run, run_measures(run, 1) as measures
      where part.grain is null and ${isInside(sql`run.started_at`)}
      union all
      select ${columns("measures")}
      from ws_bug_fixes as fix, bug_fix_measures(fix, 1) as measures
      where part.grain is null and ${isInside(sql`fix.created_at`)}
    ) as facts`;
}

/** A list with an item for each measure. */
export function each(names: readonly Measure[], item: (name: SQL) => SQL): SQL {
  return sql.join(
    names.map((name) => item(sql.raw(name))),
    sql`, `,
  );
}

/** The whole quarter hour or day of UTC that an instant is nearest to. */
export function nearest(instant: SQL, grain: Grain): SQL {
  const [length, half] = grain === "day" ? ["1 day", "12 hours"] : ["15 minutes", "450 seconds"];
  return sql`date_bin(${sql.raw(`'${length}'`)}, ${instant} + interval ${sql.raw(`'${half}'`)}, '0001-01-01 00:00:00+00')`;
}
