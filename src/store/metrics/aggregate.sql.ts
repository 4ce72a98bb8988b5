import { type SQL, sql } from "drizzle-orm";
import type { MeasureDefinition } from "../../domain/metrics/definition.js";
import type { MetricAggregate } from "../../vocabulary.js";
import type { Aggregates, Formula } from "./aggregates.js";

const percentile = (percent: number) => (of: Aggregates, value: SQL) =>
  of.whole(sql`percentile_cont(${sql.raw(String(percent / 100))}) within group (order by ${value})`);

const formulas: Readonly<Record<MetricAggregate, (of: Aggregates, value: SQL) => SQL>> = {
  sum: (of, value) => sql`coalesce(${of.sum(value)}, 0)`,
  average: (of, value) => sql`${of.sum(value)}::numeric / nullif(${of.count(sql`${value} is not null`)}, 0)`,
  min: (of, value) => of.min(value),
  max: (of, value) => of.max(value),
  p50: percentile(50),
  p75: percentile(75),
  p90: percentile(90),
  p95: percentile(95),
  p99: percentile(99),
};

/**
 * What a measure says of many facts, as a decimal; amounts have at most 6 decimals.
 * @param measure what a single fact has, or a formula over all of them
 */
export function formulaOf(
  { unit }: MeasureDefinition,
  measure: SQL | Formula,
  aggregate: MetricAggregate | undefined,
): Formula {
  if (typeof measure === "function") return (of) => sql`(${measure(of)})::numeric`;
  if (aggregate === undefined) throw new Error("a value needs an aggregate");
  const formula = formulas[aggregate];
  return (of) => {
    const value = sql`(${formula(of, measure)})::numeric`;
    return unit === "USD" ? sql`round(${value}, 6)` : value;
  };
}
