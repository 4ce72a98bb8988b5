import { type SQL, sql } from "drizzle-orm";
import { measureOf } from "../../domain/metrics/catalogue.js";
import type { Measured, MetricsQuestion } from "../../domain/metrics/question.js";
import type { Range } from "../../domain/report.js";
import { aggregated } from "./aggregate.sql.js";
import { factsOf } from "./facts-of-subject.js";
import { matching } from "./matching.sql.js";
import type { TimeBuckets } from "./time-bucket.sql.js";

/** Facts put together by their keys, and all together. */
export interface Groups {
  /** A row for each key and bucket, and one, `is_total`, for everything. */
  readonly statement: SQL;
  /** Their columns: a key for each dimension, in order. */
  readonly keys: readonly SQL[];
  /** The column of what is measured. */
  readonly columnOf: (measured: Measured) => SQL;
}

const nameOf = ({ measure, aggregate }: Measured) => sql.identifier(`${measure} ${aggregate ?? ""}`);

/** What a question asks for, in its rows, its bounds and its order, each once. */
function measuredIn({ measures, having, orderBy }: MetricsQuestion): ReadonlyMap<string, Measured> {
  const ordering = orderBy.flatMap(({ measure, aggregate }) => (measure ? [{ measure, aggregate }] : []));
  return new Map(
    [...measures, ...having, ...ordering].map((one) => [`${one.measure} ${one.aggregate}`, one]),
  );
}

/** The facts that a question is about, in groups; `buckets` tell where their time is cut. */
export function groupsOf(question: MetricsQuestion, range: Range, buckets: TimeBuckets | undefined): Groups {
  const facts = factsOf(question.of);
  const measured = [...measuredIn(question).values()];
  const where = matching(facts, range, question.filter);
  const joins = new Set(measured.flatMap(({ measure }) => facts.joins?.[measure] ?? []));
  const expressions = [
    ...question.groupBy.map((dimension) => facts.dimensions[dimension] ?? impossible(dimension)),
    ...(buckets ? [buckets.of(facts.clock)] : []),
  ];
  const names = expressions.map((_, index) => sql.identifier(`key${index}`));
  const keys = names.map((name) => sql`keys.${name}`);
  const values = measured.map((one) => {
    const definition = measureOf(question.of, one.measure) ?? impossible(one.measure);
    const expression = facts.measures[one.measure] ?? impossible(one.measure);
    return sql`${aggregated(definition, expression, one.aggregate)} as ${nameOf(one)}`;
  });
  const named = expressions.map((expression, index) => sql`${expression} as ${names[index]}`);
  const statement = sql`
    select ${sql.join([isTotal(keys), ...keys, ...values], sql`, `)}
    from ${facts.from}
    ${sql.join([...joins].map((join) => join(where)))}
    cross join lateral (select ${sql.join(named, sql`, `)}) as keys
    where ${where}
    group by grouping sets ((${sql.join(keys, sql`, `)}), ())`;
  return { statement, keys: names.map((name) => sql`${name}`), columnOf: (one) => sql`${nameOf(one)}` };
}

/** Tells the row of everything; where there are no keys all rows are of everything, and either may be it. */
const isTotal = ([key]: readonly SQL[]) =>
  sql`${key === undefined ? sql`row_number() over () = 1` : sql`grouping(${key}) = 1`} as is_total`;

function impossible(name: string): never {
  throw new Error(`a question was let through that asks for ${name}`);
}
