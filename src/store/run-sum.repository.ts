import { type SQL, sql } from "drizzle-orm";
import type { Grain } from "../domain/grain.js";
import type { SumDifference } from "../domain/kept-sums.js";
import type { Database } from "./database.js";
import { instantOf } from "./instant.sql.js";
import { measures } from "./kept-sums.sql.js";
import { queryParts } from "./query-part.sql.js";

/** The tables that a fold writes to: it deletes changes, and updates sums. */
export const tables = ["run_sum_changes", "run_sums", "duration_sums"] as const;

/** Names the turn to change the sums, among the advisory locks of the database. */
const turn = sql`hashtextextended('ws-metrics run_sums', 0)`;

const lengths: Readonly<Record<Grain, string>> = { quarter_hour: "15 minutes", day: "1 day" };
const grains = sql.raw(
  `(values ${Object.entries(lengths).map(([grain, length]) => `('${grain}', interval '${length}')`)}) as grains(grain, length)`,
);
const binOf = (length: SQL) => sql`date_bin(${length}, start_at, '0001-01-01 00:00:00+00')`;
const list = (item: (measure: string) => string) => sql.raw(measures.map(item).join(", "));
const columns = list((measure) => measure);
const sums = list((measure) => `sum(${measure}) as ${measure}`);

const addRunSums = (rows: SQL) => sql`
  insert into run_sums (grain, start_at, ${columns}) ${rows}
  on conflict (grain, start_at) do update set
    ${list((measure) => `${measure} = run_sums.${measure} + excluded.${measure}`)}`;

const addDurationSums = (rows: SQL) => sql`
  insert into duration_sums (day, duration_bucket, completed_count) ${rows}
  on conflict (day, duration_bucket) do update set
    completed_count = duration_sums.completed_count + excluded.completed_count`;

/**
 * Adds waiting changes to the sums, at most `limit` of them, and resolves to how many. It takes none while somebody
 * else does.
 */
export async function fold(db: Database, limit: number): Promise<number> {
  const part = queryParts(db);
  const [row] = await db
    .with(
      part("turn", sql`select pg_try_advisory_xact_lock(${turn}) as is_ours`),
      part(
        "taken",
        sql`
        delete from run_sum_changes
        where ctid = any(array(select ctid from run_sum_changes where (select is_ours from turn) limit ${limit}))
        returning *`,
      ),
      part(
        "run_sums_added",
        addRunSums(
          sql`select grain, ${binOf(sql`length`)}, ${sums} from taken cross join ${grains} group by 1, 2`,
        ),
      ),
      part(
        "duration_sums_added",
        addDurationSums(sql`
          select ${binOf(sql`'1 day'`)}, duration_bucket, sum(completed_count)
          from taken
          where duration_bucket is not null
          group by 1, 2`),
      ),
    )
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`taken`);
  return row?.count ?? 0;
}

/** Where what is kept, with what waits to be added, is not what the runs and bug fixes add up to at this moment. */
export async function differences(db: Database): Promise<readonly SumDifference[]> {
  return db
    .with(...excesses(db))
    .select({
      table: sql<string>`"table"`,
      grain: sql<Grain>`grain`,
      startAt: instantOf(sql`start_at`),
      measure: sql<string>`measure`,
      excess: sql<string>`excess::text`,
    })
    .from(sql`(
      select 'run_sums' as "table", grain, start_at, measure, excess
      from run_excess
      cross join lateral (values ${list((measure) => `('${measure}', ${measure})`)}) as each(measure, excess)
      union all
      select 'duration_sums', 'day', start_at, 'completed_count of bucket ' || duration_bucket, completed_count
      from duration_excess
    ) as found`)
    .where(sql`excess <> 0`)
    .orderBy(sql`"table"`, sql`grain`, sql`start_at`, sql`measure`);
}

/**
 * Makes the sums what the runs and bug fixes add up to. Nobody who writes waits for it: what they append meanwhile
 * is added to the sums afterwards, as always.
 */
export async function rebuild(db: Database): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${turn})`);
  const part = queryParts(db);
  await db
    .with(
      ...excesses(db),
      part(
        "run_sums_added",
        addRunSums(
          sql`select grain, start_at, ${list((measure) => `-${measure}`)} from run_excess where (${columns}) <> (${list(() => "0")})`,
        ),
      ),
      part(
        "duration_sums_added",
        addDurationSums(
          sql`select start_at, duration_bucket, -completed_count from duration_excess where completed_count <> 0`,
        ),
      ),
    )
    .select({ none: sql`1` })
    .from(sql`(values (1)) as done`);
}

/** How much more is kept than there is: what the facts add is taken away from it. */
function excesses(db: Database) {
  const part = queryParts(db);
  return [
    part(
      "facts",
      sql`
      select start_at, duration_bucket, ${sums}
      from (
        select measures.* from ws_executions as run, run_measures(run, -1) as measures
        union all
        select measures.* from ws_bug_fixes as fix, bug_fix_measures(fix, -1) as measures
        union all
        select * from run_sum_changes
      ) as each_fact
      group by start_at, duration_bucket`,
    ),
    part(
      "run_excess",
      sql`
      select grain, start_at, ${sums}
      from (
        select grain, start_at, ${columns} from run_sums
        union all
        select grain, ${binOf(sql`length`)}, ${columns} from facts cross join ${grains}
      ) as kept
      group by grain, start_at`,
    ),
    part(
      "duration_excess",
      sql`
      select start_at, duration_bucket, sum(completed_count) as completed_count
      from (
        select day as start_at, duration_bucket, completed_count from duration_sums
        union all
        select ${binOf(sql`'1 day'`)}, duration_bucket, completed_count from facts where duration_bucket is not null
      ) as kept
      group by start_at, duration_bucket`,
    ),
  ];
}
