import { type SQL, sql } from "drizzle-orm";
import type { SpendGrain } from "../domain/grain.js";
import { dayMs, partsOf, quarterHoursAround } from "../domain/range-parts.js";
import type { Range } from "../domain/report.js";
import { within } from "./range.sql.js";
import {
  dayOf,
  keptCells,
  negative,
  presentCells,
  quarterHourOf,
  shares,
  spendDimensions,
} from "./spend-shares.sql.js";
import { localDate } from "./spending.sql.js";
import { literal } from "./words.sql.js";

const units = sql`units`;
const measures = sql`cost_usd, known_cost_count, call_count, unpriced_count`;
const columns = sql`dimension, key, start_at, previous_at, ${measures}, execution_count`;
const of = (dimensions: readonly string[]) =>
  sql`dimension in (${sql.raw(dimensions.map((name) => `'${name}'`).join(", "))})`;
const kept = (grain: SpendGrain, condition: SQL) =>
  sql`select * from spend_sums where grain = ${literal<SpendGrain>(grain)} and ${condition}`;
const joined = (queries: readonly SQL[]) => sql.join([...queries], sql` union all `);

/**
 * What was spent in a range by every dimension and by `local_date`: rows to be added up by `dimension` and `key`. They
 * are sums of whole quarter hours around the range; of the units that are marked, or that spent something in the parts of
 * these quarter hours outside the range, what is kept is taken out, and what their calls in the range say put in.
 * `is_cut` where dates are not made of whole quarter hours, or come back after another one: then no number by date can be trusted.
 */
export function spendRows(range: Range, timeZone: string): SQL {
  const outer = quarterHoursAround(range);
  const isFirst = firstIn(outer);
  return sql`
    with units as (${unitsToLookAt(range, outer)}),
    changes as (
      ${negative(shares(sql`select * from (${keptCells(units)}) as cells where ${within(sql`start_at`, outer)}`))}
      union all
      ${shares(presentCells(units, range))}
    )
    select
      dimension, key, ${measures}, case when ${isFirst} then execution_count else 0 end as execution_count,
      false as is_cut
    from (
      ${sumsOf(outer)}
      union all
      select ${columns} from changes
    ) as sums
    union all
    ${byDate(outer, timeZone)}`;
}

/** Whether the runs of a row did not spend earlier in the range. */
const firstIn = ({ from }: Range): SQL =>
  from === null ? sql`previous_at = '-infinity'` : sql`previous_at < ${from.toISOString()}`;

/** The runs, and the quarter hours of calls without one, whose sums are not what they spent in the range: marked or cut in two. */
function unitsToLookAt(range: Range, outer: Range): SQL {
  const outside = [
    { from: outer.from, to: range.from },
    { from: range.to, to: outer.to },
  ].flatMap(({ from, to }) => (from !== null && to !== null && from < to ? [{ from, to }] : []));
  return sql.join(
    [
      sql`select distinct ws_execution_id, start_at from spend_marks`,
      ...outside.flatMap((piece) => [
        sql`
          select ws_execution_id, case when ws_execution_id is null then ${quarterHourOf(sql`started_at`)} end
          from llm_calls where ${within(sql`started_at`, piece)}`,
        sql`
          select id, null from ws_executions
          where logged_cost_usd is null and cost_usd is not null and ${within(sql`started_at`, piece)}`,
      ]),
    ],
    sql` union `,
  );
}

/** Without a beginning: what was ever spent, but for what comes after the range. */
function sumsOf(outer: Range): SQL {
  if (outer.from !== null) return partsWhere(outer, of(spendDimensions));
  const nextDay = new Date(Math.ceil(outer.to.getTime() / dayMs) * dayMs);
  const dimensions = of(spendDimensions);
  const after = joined([
    kept("quarter_hour", sql`${dimensions} and ${within(sql`start_at`, { from: outer.to, to: nextDay })}`),
    kept("day", sql`${dimensions} and start_at >= ${nextDay.toISOString()}`),
  ]);
  return sql`
    select ${columns} from (${kept("ever", dimensions)}) as ever
    union all
    select ${columns} from (${negative(after)}) as later`;
}

/** The sums of the days and quarter hours that whole quarter hours are made of. */
function partsWhere(outer: Range, condition: SQL): SQL {
  const { days, quarterHours } = partsOf(outer);
  const rows = joined([
    ...days.map((range) => kept("day", sql`${condition} and ${within(sql`start_at`, range)}`)),
    ...quarterHours.map((range) =>
      kept("quarter_hour", sql`${condition} and ${within(sql`start_at`, range)}`),
    ),
  ]);
  return sql`select ${columns} from (${rows}) as parts`;
}

/** The rows of `local_date`. A run counts for a date in its first quarter hour of it. */
function byDate(outer: Range, timeZone: string): SQL {
  const anything = of(["is_attributed"]);
  const isUtc = timeZone === "UTC";
  const sums = isUtc
    ? partsWhere(outer, anything)
    : sql`select ${columns} from (${kept("quarter_hour", sql`${anything} and ${within(sql`start_at`, outer)}`)}) as sums`;
  const day = dayOf(sql`start_at`);
  const dateOf = (time: SQL) => (isUtc ? dayOf(time) : sql`(${time} at time zone ${timeZone})::date`);
  const date = dateOf(sql`start_at`);
  const isFirst = sql`(${firstIn(outer)} or previous_at = '-infinity' or ${dateOf(sql`previous_at`)} <> ${date})`;
  const isCut = isUtc
    ? sql`false`
    : sql`${date} <> ${dateOf(sql`(start_at + interval '15 minutes' - interval '1 millisecond')`)} or (not ${firstIn(outer)} and ${dateOf(sql`previous_at`)} > ${date})`;
  return sql`
    select
      'local_date', ${localDate(isUtc ? day : sql`start_at`, timeZone)}, ${measures},
      case when ${isFirst} then execution_count else 0 end, ${isCut}
    from (${sums} union all select ${columns} from changes where ${anything}) as sums`;
}
