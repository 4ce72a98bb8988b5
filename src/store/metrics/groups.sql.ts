import { type SQL, sql } from "drizzle-orm";
import { measureOf } from "../../domain/metrics/catalogue.js";
import type { Measured, MetricsQuestion } from "../../domain/metrics/question.js";
import type { Range } from "../../domain/report.js";
import { formulaOf } from "./aggregate.sql.js";
import { GroupColumns } from "./aggregates.js";
import { factsOf } from "./facts-of-subject.js";
import { matching } from "./matching.sql.js";
import type { TimeBuckets } from "./time-bucket.sql.js";

/** Facts put together by their keys, and all together. */
export interface Groups {
  /** A row for each key and bucket, with `is_total` false, and one with `is_total` true for everything. */
  readonly statement: SQL;
  /** Its columns for the keys: one for each dimension, in order, and one for the bucket. */
  readonly keys: readonly SQL[];
  /** Its column for what is measured. */
  readonly columnOf: (measured: Measured) => SQL;
}

const nameOf = ({ measure, aggregate }: Measured) => sql.identifier(`${measure} ${aggregate ?? ""}`);

/** What a question asks for, in its rows, its bounds and its order, each once. */
function measuredIn({ measures, having, orderBy }: MetricsQuestion): readonly Measured[] {
  const ordering = orderBy.flatMap(({ measure, aggregate }) => (measure ? [{ measure, aggregate }] : []));
  const all = [...measures, ...having, ...ordering];
  return [...new Map(all.map((one) => [`${one.measure} ${one.aggregate}`, one])).values()];
}

/** The facts that a question is about, in groups; `buckets` tell where their time is cut. */
export function groupsOf(question: MetricsQuestion, range: Range, buckets: TimeBuckets | undefined): Groups {
  const facts = factsOf(question.of);
  const measured = measuredIn(question);
  const columns = new GroupColumns();
  const values = measured.map((one) => {
    const definition = measureOf(question.of, one.measure) ?? impossible(one.measure);
    const measure = facts.measures[one.measure] ?? impossible(one.measure);
    const { ofGroup, ofAll } = columns.write(formulaOf(definition, measure, one.aggregate));
    return { ofGroup: sql`${ofGroup} as ${nameOf(one)}`, ofAll };
  });
  const expressions = [
    ...question.groupBy.map((dimension) => facts.dimensions[dimension] ?? impossible(dimension)),
    ...(buckets ? [buckets.of(facts.clock)] : []),
  ];
  const keys = expressions.map((_, index) => sql.raw(`key${index}`));
  const named = expressions.map((expression, index) => sql`${expression} as ${keys[index]}`);
  const where = matching(facts, range, question.filter);
  const joins = [...new Set(measured.flatMap(({ measure }) => facts.joins?.[measure] ?? []))];
  const from = sql`from ${facts.from} ${sql.join(joins.map((join) => join(where)))}`;
  const statement = sql`
    with groups as materialized (
      select ${list([...named, ...columns.ofGroups])} ${from} where ${where}
      ${keys.length === 0 ? sql`` : sql`group by ${list(keys.map((_, index) => sql.raw(String(index + 1))))}`}
    )${columns.ofAll.length === 0 ? sql`` : sql`, wholes as (select ${list(columns.ofAll)} ${from} where ${where})`}
    select ${list([sql`false as is_total`, ...keys, ...values.map(({ ofGroup }) => ofGroup)])} from groups
    union all
    select ${list([sql`true`, ...keys.map(() => sql`null`), ...values.map(({ ofAll }) => ofAll)])} from groups
    having true`; // which makes it one row, whether anything is added up or not
  return { statement, keys, columnOf: (one) => sql`${nameOf(one)}` };
}

const list = (items: readonly SQL[]) => sql.join([...items], sql`, `);

function impossible(name: string): never {
  throw new Error(`a question was let through that asks for ${name}`);
}
