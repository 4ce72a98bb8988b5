import { Field, Float, ObjectType } from "type-graphql";
import { type MetricMeasure, measureOf } from "../domain/metrics/catalogue.js";
import type { Metrics } from "../domain/metrics/question.js";
import { withCamelNames } from "../domain/snake-names.js";
import type * as vocabulary from "../vocabulary.js";
import { CallSource, CostSource, ExecutionStatus, PhaseName, PhaseResult } from "./enums.js";
import { MetricAggregateEnum, MetricMeasureEnum, MetricSubjectEnum, TimeGrainEnum } from "./metrics.enums.js";
import { DateTime, SafeInt } from "./scalars.js";

const nullable = { nullable: true } as const;
const open = { simpleResolvers: true } as const;

@ObjectType("MetricKey", {
  ...open,
  description:
    "What the facts of a row have in common, by dimension. A dimension that is not in groupBy is null; what null means of one that is, metricCatalog tells.",
})
export class MetricKeyObject {
  @Field(() => String, { ...nullable, description: "The Work Statement." })
  wsId!: string | null;

  @Field(() => String, { ...nullable, description: "The Work Package." })
  wpId!: string | null;

  @Field(() => String, { ...nullable, description: "The scope." })
  scopeId!: string | null;

  @Field(() => String, { ...nullable, description: "The executor." })
  executor!: string | null;

  @Field(() => ExecutionStatus, { ...nullable, description: "Where the runs stand." })
  status!: vocabulary.Status | null;

  @Field(() => CostSource, { ...nullable, description: "On whose authority the cost of the runs stands." })
  costSource!: vocabulary.CostSource | null;

  @Field(() => PhaseName, { ...nullable, description: "The name of the phases." })
  phase!: vocabulary.PhaseName | null;

  @Field(() => PhaseResult, { ...nullable, description: "How the phases ended." })
  phaseResult!: vocabulary.PhaseResult | null;

  @Field(() => Boolean, { ...nullable, description: "Whether a verify had failed before the phases." })
  rework!: boolean | null;

  @Field(() => Boolean, { ...nullable, description: "Whether the bugs were fixed without a human." })
  autonomous!: boolean | null;

  @Field(() => String, { ...nullable, description: "The model." })
  model!: string | null;

  @Field(() => String, { ...nullable, description: "Who serves the model." })
  provider!: string | null;

  @Field(() => String, { ...nullable, description: "The kind of document." })
  documentType!: string | null;

  @Field(() => CallSource, { ...nullable, description: "How the calls reached the product." })
  callSource!: vocabulary.CallSource | null;

  @Field(() => Boolean, { ...nullable, description: "Whether the calls belong to a known run." })
  attributed!: boolean | null;
}

@ObjectType("MetricColumn", { ...open, description: "What stands at one place of the values." })
export class MetricColumn {
  @Field(() => MetricMeasureEnum, { description: "What is counted or measured." })
  measure!: MetricMeasure;

  @Field(() => MetricAggregateEnum, {
    ...nullable,
    description: "What is made of its values; null for counts and ratios.",
  })
  aggregate!: vocabulary.MetricAggregate | null;

  @Field(() => String, {
    description: "The unit, as UCUM spells it: s, USD, 1 for a ratio, or what is counted in braces.",
  })
  unit!: string;
}

@ObjectType("MetricRow", {
  ...open,
  description: "What holds of the facts of one key, in one bucket of time.",
})
export class MetricRowObject {
  @Field(() => MetricKeyObject, { description: "What they have in common." })
  key!: MetricKeyObject;

  @Field(() => DateTime, {
    ...nullable,
    description:
      "The first instant of the bucket; null without a timeGrain. Buckets are whole, whatever the range.",
  })
  start!: Date | null;

  @Field(() => DateTime, {
    ...nullable,
    description: "The instant after the bucket; null without a timeGrain.",
  })
  end!: Date | null;

  @Field(() => [Float], {
    nullable: "items",
    description: "What was asked for, in the order of measures; null of nothing.",
  })
  values!: readonly (number | null)[];
}

@ObjectType("Metrics", {
  ...open,
  description: "The answer to a metrics query; every part of it is of one moment.",
})
export class MetricsObject {
  @Field(() => MetricSubjectEnum, { description: "What is counted and measured." })
  of!: vocabulary.MetricSubject;

  @Field(() => DateTime, {
    ...nullable,
    description: "The first instant of the range; null without a lower bound.",
  })
  from!: Date | null;

  @Field(() => DateTime, { description: "The instant after the range." })
  to!: Date;

  @Field(() => DateTime, { description: "When the figures were computed." })
  asOf!: Date;

  @Field(() => TimeGrainEnum, { ...nullable, description: "The length of the buckets; null without." })
  timeGrain!: vocabulary.TimeGrain | null;

  @Field(() => String, { description: "The time zone of the buckets." })
  timeZone!: string;

  @Field(() => [MetricColumn], { description: "What stands at each place of the values." })
  columns!: readonly MetricColumn[];

  @Field(() => SafeInt, { description: "How many rows there are without the limit." })
  rowCount!: number;

  @Field(() => [MetricRowObject], { description: "The rows, in order, up to the limit." })
  rows!: readonly MetricRowObject[];

  @Field(() => [Float], {
    nullable: "items",
    description:
      "The measures over all facts that match the filter, whatever having and the limit leave out.",
  })
  totals!: readonly (number | null)[];
}

/** The answer as clients see it. */
export function toMetrics({ measures, rows, ...answer }: Metrics): MetricsObject {
  return {
    ...answer,
    columns: measures.map(({ measure, aggregate = null }) => ({
      measure,
      aggregate,
      unit: measureOf(answer.of, measure)?.unit ?? "",
    })),
    rows: rows.map(({ key, ...row }) => ({ ...row, key: withCamelNames(key) as MetricKeyObject })), // its fields are the dimensions
  };
}
