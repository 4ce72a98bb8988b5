import { type SQL, sql } from "drizzle-orm";
import type { Range } from "../domain/report.js";
import { within } from "./range.sql.js";
import { spendKeys } from "./spend-shares.sql.js";
import { localDate, spending, spentWhere } from "./spending.sql.js";

/** The rows of `spendRows`, from the calls and runs themselves. */
export function rowsByCalls(range: Range, timeZone: string): SQL {
  const spent = spentWhere(within(sql`calls.started_at`, range), within(sql`runs.started_at`, range));
  const keys = sql`${spendKeys(sql`execution_id`)}, ('local_date', place)`;
  return sql`
    select
      dimension, key, sum(cost_usd) as cost_usd, sum(known_cost_count) as known_cost_count,
      sum(call_count) as call_count, sum(unpriced_count) as unpriced_count,
      count(distinct execution_id) as execution_count, false as is_cut
    from (${spending(spent, (time) => localDate(time, timeZone))}) as spending
    cross join lateral (values ${keys}) as keys (dimension, key)
    group by dimension, key`;
}
