import { type SQL, sql } from "drizzle-orm";
import type { MetricDimension } from "../domain/metrics/catalogue.js";
import type {
  MetricHaving,
  MetricKey,
  MetricOrder,
  MetricRow,
  Metrics,
  MetricsQuestion,
} from "../domain/metrics/question.js";
import type { Range } from "../domain/report.js";
import type { Database } from "./database.js";
import { instantOf } from "./instant.sql.js";
import { type Groups, groupsOf } from "./metrics/groups.sql.js";
import { timeBuckets } from "./metrics/time-bucket.sql.js";

type Values = MetricRow["values"];

/** Rows, how many there are without the limit, and what holds of everything; from one statement, so of one moment. */
export async function metrics(
  db: Database,
  question: MetricsQuestion,
  range: Range,
): Promise<Pick<Metrics, "rows" | "rowCount" | "totals">> {
  const { groupBy, timeGrain, timeZone, limit } = question;
  const buckets = timeGrain && timeBuckets(timeGrain, timeZone);
  const groups = groupsOf(question, range, buckets);
  const bucket = buckets && groups.keys.at(-1);
  const isRow = sql`not is_total and ${isKept(question.having, groups)}`;
  const rows = await db
    .select({
      isTotal: sql<boolean>`is_total`,
      rowCount: sql`count(*) filter (where ${isRow}) over ()`.mapWith(Number),
      key: sql<readonly (string | boolean | null)[]>`${array(groups.keys.slice(0, groupBy.length))}`,
      start: bucket ? instantOf(buckets.start(bucket)) : sql<null>`null`,
      end: bucket ? instantOf(buckets.end(bucket)) : sql<null>`null`,
      values: sql<Values>`${array(question.measures.map(groups.columnOf))}`,
    })
    .from(sql`(${groups.statement}) as groups`)
    .where(sql`is_total or ${isRow}`)
    .orderBy(sql`is_total desc`, ...orderOf(question, groups, bucket))
    .limit(limit + 1);
  const [total, ...others] = rows;
  if (total === undefined) throw new Error("there is always a row of everything");
  return {
    rowCount: total.rowCount,
    totals: total.values,
    rows: others.map(({ key, start, end, values }) => ({ key: named(groupBy, key), start, end, values })),
  };
}

const array = (items: readonly SQL[]) => sql`jsonb_build_array(${sql.join([...items], sql`, `)})`;

const named = (groupBy: readonly MetricDimension[], key: readonly (string | boolean | null)[]): MetricKey =>
  Object.fromEntries(groupBy.map((dimension, index) => [dimension, key[index] ?? null]));

const signs = { atLeast: ">=", moreThan: ">", atMost: "<=", lessThan: "<" } as const;

/** Whether the values of a row lie in all bounds. */
function isKept(having: readonly MetricHaving[], { columnOf }: Groups): SQL {
  const bounds = having.flatMap((one) =>
    Object.entries(signs).flatMap(([name, sign]) => {
      const bound = one[name as keyof typeof signs]; // the keys of that very object
      // As the value is shown, which has no more digits than that.
      return bound === undefined ? [] : sql`${columnOf(one)}::float8 ${sql.raw(sign)} ${bound}::float8`;
    }),
  );
  return bounds.length === 0 ? sql`true` : sql`(${sql.join(bounds, sql` and `)}) is true`;
}

/** The order that was asked for, else by time, else the largest first; ties by time, then by key. */
function orderOf(question: MetricsQuestion, groups: Groups, bucket: SQL | undefined): readonly SQL[] {
  const { groupBy, measures, orderBy } = question;
  const [first] = measures;
  const usual: readonly MetricOrder[] = bucket || !first ? [] : [{ ...first, direction: "desc" }];
  const textOf = (key: SQL) => sql`${key}::text collate "C"`;
  const columnBy = ({ measure, aggregate, dimension }: MetricOrder): SQL | undefined => {
    if (measure) return groups.columnOf({ measure, aggregate });
    if (dimension === undefined) return bucket;
    const key = groups.keys[groupBy.indexOf(dimension)];
    return key && textOf(key);
  };
  const asked = (orderBy.length > 0 ? orderBy : usual).flatMap((order) => {
    const column = columnBy(order);
    return column ? [sql`${column} ${sql.raw(order.direction)} nulls last`] : [];
  });
  const ties = groups.keys.slice(0, groupBy.length).map((key) => sql`${textOf(key)} nulls last`);
  return [...asked, ...(bucket ? [sql`${bucket}`] : []), ...ties];
}
