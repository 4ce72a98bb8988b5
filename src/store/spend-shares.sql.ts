import { type SQL, sql } from "drizzle-orm";
import type { Range } from "../domain/report.js";
import { within } from "./range.sql.js";
import { type Spent, spending } from "./spending.sql.js";

/** What sums of spending are kept by; `is_attributed` tells calls without a run from everything else. */
export const spendDimensions = [
  "document_type",
  "ws_id",
  "model",
  "phase_name",
  "source",
  "is_attributed",
] as const;

/** Every dimension with its key, as SQL values. */
export const spendKeys = (executionId: SQL): SQL =>
  sql.join(
    spendDimensions.map((dimension) => {
      const key =
        dimension === "is_attributed" ? sql`(${executionId} is not null)::text` : sql.identifier(dimension);
      return sql`(${sql.raw(`'${dimension}'`)}, ${key})`;
    }),
    sql`, `,
  );

/** The quarter hour of UTC that a time is in. */
export const quarterHourOf = (time: SQL): SQL =>
  sql`date_bin('15 minutes', ${time}, '2000-01-01 00:00:00+00')`;

/** The day of UTC that a time is in. */
export const dayOf = (time: SQL): SQL => sql`date_bin('1 day', ${time}, '2000-01-01 00:00:00+00')`;

/** What is kept of some `units`: runs, and quarter hours of calls without one. */
export const keptCells = (units: SQL): SQL => sql`
  select cells.* from ${units} as units cross join lateral (
    select * from spend_cells as cells where cells.ws_execution_id = units.ws_execution_id offset 0) as cells
  union all
  select cells.* from ${units} as units cross join lateral (
    select * from spend_cells as cells
    where units.ws_execution_id is null and cells.ws_execution_id is null and cells.start_at = units.start_at
    offset 0) as cells`;

/**
 * The cells of some `units` as their calls and runs are now, of a range if that is given. `offset 0` keeps each unit's
 * part a search of its own: they are few, which the planner cannot know, and their tables are large.
 */
export function presentCells(units: SQL, range?: Range): SQL {
  const inRange = (time: SQL) => (range === undefined ? sql`true` : within(time, range));
  const spent: Spent = {
    calls: sql`
      select calls.* from ${units} as units cross join lateral (
        select * from llm_calls as calls
        where calls.ws_execution_id = units.ws_execution_id and ${inRange(sql`calls.started_at`)}
        offset 0) as calls
      union all
      select calls.* from ${units} as units cross join lateral (
        select * from llm_calls as calls
        where units.ws_execution_id is null and calls.ws_execution_id is null
          and calls.started_at >= units.start_at and calls.started_at < units.start_at + interval '15 minutes'
          and ${inRange(sql`calls.started_at`)}
        offset 0) as calls`,
    runs: sql`
      select runs.* from ${units} as units cross join lateral (
        select * from ws_executions as runs
        where runs.id = units.ws_execution_id and ${inRange(sql`runs.started_at`)}
        offset 0) as runs`,
    runsOfCalls: sql`
      select runs.id, runs.ws_id from ${units} as units cross join lateral (
        select * from ws_executions as runs where runs.id = units.ws_execution_id offset 0) as runs`,
    runIds: sql`select ws_execution_id from ${units} as units where ws_execution_id is not null`,
  };
  return cellsOf(spent);
}

/** Spending as cells. */
export const cellsOf = (spent: Spent): SQL => sql`
  select
    execution_id as ws_execution_id, place as start_at, ws_id, document_type, model, phase_name, source,
    coalesce(cost_usd, 0) as cost_usd, known_cost_count, call_count, unpriced_count
  from (${spending(spent, quarterHourOf)}) as spending`;

/**
 * What cells add to sums of quarter hours: a row for each run, dimension, key and quarter hour, with `previous_at`, the
 * quarter hour among them in which the run spent for that key before. A run is counted where it spends, and calls
 * without one are of none.
 */
export function shares(cells: SQL): SQL {
  return sql`
    select
      dimension, key, start_at,
      case when ws_execution_id is null then '-infinity' else
        coalesce(lag(start_at) over (partition by ws_execution_id, dimension, key order by start_at), '-infinity')
      end as previous_at,
      cost_usd, known_cost_count, call_count, unpriced_count,
      (ws_execution_id is not null)::integer as execution_count
    from (
      select
        ws_execution_id, dimension, key, start_at, sum(cost_usd) as cost_usd,
        sum(known_cost_count) as known_cost_count, sum(call_count) as call_count,
        sum(unpriced_count) as unpriced_count
      from (${cells}) as cells
      cross join lateral (values ${spendKeys(sql`ws_execution_id`)}) as keys (dimension, key)
      group by ws_execution_id, dimension, key, start_at
    ) as shares`;
}

/** The same rows for what is taken away. */
export const negative = (rows: SQL): SQL => sql`
  select
    dimension, key, start_at, previous_at, -cost_usd as cost_usd, -known_cost_count as known_cost_count,
    -call_count as call_count, -unpriced_count as unpriced_count, -execution_count as execution_count
  from (${rows}) as rows`;

/** Shares as they are added to the sums of every grain. */
export function placed(shares: SQL): SQL {
  const day = dayOf(sql`start_at`);
  return sql`
    select
      grain, dimension, places.start_at, places.previous_at, key, sum(cost_usd) as cost_usd,
      sum(known_cost_count) as known_cost_count, sum(call_count) as call_count, sum(unpriced_count) as unpriced_count,
      sum(places.execution_count) as execution_count
    from (${shares}) as shares
    cross join lateral (values
      ('quarter_hour', start_at, previous_at, execution_count),
      ('day', ${day}, case when previous_at < ${day} then previous_at else '-infinity' end,
        case when previous_at < ${day} then execution_count else 0 end),
      ('ever', '-infinity', '-infinity', case when previous_at = '-infinity' then execution_count else 0 end)
    ) as places (grain, start_at, previous_at, execution_count)
    group by grain, dimension, places.start_at, places.previous_at, key
    having (sum(cost_usd), sum(known_cost_count), sum(call_count), sum(unpriced_count), sum(places.execution_count))
      is distinct from (0, 0, 0, 0, 0)`;
}
