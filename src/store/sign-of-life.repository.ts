import { sql } from "drizzle-orm";
import type { Range, SilentRuns } from "../domain/report.js";
import type { Status } from "../vocabulary.js";
import { sumOf } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { instantOf } from "./instant.sql.js";
import { within } from "./range.sql.js";
import { signOfLife } from "./sign-of-life.sql.js";
import { literal } from "./words.sql.js";

/** Which runs count as silent, and how many of them are named. */
export interface SilenceQuestion {
  readonly range: Range;
  /** They were last heard of before. */
  readonly before: Date;
  readonly named: number;
}

/** When each of several runs was last heard of, by run id. */
export async function lastSignsOfLife(
  db: Database,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Date>> {
  const rows = await db
    .select({ id: sql<string>`run.id`, at: instantOf(signOfLife(now)) })
    .from(sql`ws_executions as run`)
    .where(sql`run.id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))`)
    .prepare("last_signs_of_life")
    .execute();
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** The runs of a range that are in progress, and silent since before an instant. */
export async function silentRuns(
  db: Database,
  { range, before, named }: SilenceQuestion,
  now: Date,
): Promise<SilentRuns> {
  const [row] = await db
    .select({
      count: sumOf(sql`max(silent.total)`),
      oldestIds: sql<
        readonly string[]
      >`coalesce(jsonb_agg(silent.id order by silent.heard_at, silent.id), '[]')`,
    })
    .from(sql`(
      select id, heard_at, count(*) over () as total
      from (
        select run.id, ${signOfLife(now)} as heard_at
        from ws_executions as run
        where run.status = ${literal<Status>("STARTED")} and ${within(sql`run.started_at`, range)}
          and run.created_at < ${before.toISOString()}
      ) as heard
      where heard_at < ${before.toISOString()}
      order by heard_at, id
      limit ${named}::integer
    ) as silent`)
    .prepare("silent_runs")
    .execute();
  if (row === undefined) throw new Error("an aggregate over no rows still has one");
  return row;
}
