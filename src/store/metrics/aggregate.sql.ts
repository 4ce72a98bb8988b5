import { type SQL, sql } from "drizzle-orm";
import type { MeasureDefinition } from "../../domain/metrics/definition.js";
import type { MetricAggregate } from "../../vocabulary.js";

const percentile = (percent: number) => (value: SQL) =>
  sql`percentile_cont(${sql.raw(String(percent / 100))}) within group (order by ${value})`;

const aggregates: Readonly<Record<MetricAggregate, (value: SQL) => SQL>> = {
  sum: (value) => sql`coalesce(sum(${value}), 0)`,
  average: (value) => sql`avg(${value})`,
  min: (value) => sql`min(${value})`,
  max: (value) => sql`max(${value})`,
  p50: percentile(50),
  p75: percentile(75),
  p90: percentile(90),
  p95: percentile(95),
  p99: percentile(99),
};

/**
 * What a measure says of the facts of a row, as a decimal; amounts have at most 6 decimals.
 * @param expression what it is of one fact for a value, of all of them for a count or ratio
 */
export function aggregated(
  { kind, unit }: MeasureDefinition,
  expression: SQL,
  aggregate: MetricAggregate | undefined,
): SQL {
  if (kind !== "value") return sql`(${expression})::numeric`;
  if (aggregate === undefined) throw new Error("a value needs an aggregate");
  const value = sql`(${aggregates[aggregate](expression)})::numeric`;
  return unit === "USD" ? sql`round(${value}, 6)` : value;
}
