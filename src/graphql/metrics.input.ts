import { ArgsType, Field, Float, InputType, Int } from "type-graphql";
import type { MetricDimension, MetricMeasure } from "../domain/metrics/catalogue.js";
import { defaults } from "../operations/defaults.js";
import type { metrics } from "../operations/metrics.operations.js";
import type * as vocabulary from "../vocabulary.js";
import { CallSource, OrderDirection, PhaseName, PhaseResult } from "./enums.js";
import { ExecutionFilterInput } from "./execution-filter.input.js";
import {
  MetricAggregateEnum,
  MetricDimensionEnum,
  MetricMeasureEnum,
  MetricSubjectEnum,
  TimeGrainEnum,
} from "./metrics.enums.js";
import { DateTime } from "./scalars.js";
import type { Sent } from "./sent.js";

type SentMetrics = Sent<typeof metrics>;
type SentItem<Name extends "measures" | "having" | "orderBy"> = NonNullable<SentMetrics[Name]>[number];

@InputType("MetricMeasureInput", { description: "What is measured." })
export class MetricMeasureInput implements SentItem<"measures"> {
  @Field(() => MetricMeasureEnum, { description: "What is counted or measured." })
  measure!: MetricMeasure;

  @Field(() => MetricAggregateEnum, {
    nullable: true,
    description: "What is made of its values; required for values, and absent for counts and ratios.",
  })
  aggregate!: vocabulary.MetricAggregate | null | undefined;
}

@InputType("MetricHavingInput", {
  description: "Bounds for a measure of a row, which all hold. A row in which it is null is left out.",
})
export class MetricHavingInput extends MetricMeasureInput implements SentItem<"having"> {
  @Field(() => Float, { nullable: true, description: "Rows in which it is this or more." })
  atLeast!: number | null | undefined;

  @Field(() => Float, { nullable: true, description: "Rows in which it is more than this." })
  moreThan!: number | null | undefined;

  @Field(() => Float, { nullable: true, description: "Rows in which it is this or less." })
  atMost!: number | null | undefined;

  @Field(() => Float, { nullable: true, description: "Rows in which it is less than this." })
  lessThan!: number | null | undefined;
}

@InputType("MetricOrderInput", {
  description:
    "What rows are ordered by: exactly one of measure, dimension and start. What has no value comes last.",
})
export class MetricOrderInput implements SentItem<"orderBy"> {
  @Field(() => MetricMeasureEnum, {
    nullable: true,
    description: "A measure, which need not be among those asked for.",
  })
  measure!: MetricMeasure | null | undefined;

  @Field(() => MetricAggregateEnum, { nullable: true, description: "What is made of the values of measure." })
  aggregate!: vocabulary.MetricAggregate | null | undefined;

  @Field(() => MetricDimensionEnum, {
    nullable: true,
    description: "A dimension of groupBy, in the order of Unicode code points.",
  })
  dimension!: MetricDimension | null | undefined;

  @Field(() => Boolean, { nullable: true, description: "True: the start of the bucket of timeGrain." })
  start!: boolean | null | undefined;

  @Field(() => OrderDirection, {
    nullable: true,
    defaultValue: defaults.orderDirection,
    description: "Which end comes first.",
  })
  direction!: vocabulary.OrderDirection | null | undefined;
}

@InputType("MetricFilter", {
  description:
    "Which facts count; absent fields do not restrict, and an empty list lets nothing through. Times are half-open [from, to), by the clock of the subject.",
})
export class MetricFilterInput implements NonNullable<SentMetrics["filter"]> {
  @Field(() => DateTime, {
    nullable: true,
    description: "Facts of then or later; all until then when it is absent.",
  })
  from!: string | null | undefined;

  @Field(() => DateTime, { nullable: true, description: "Facts of before; now when it is absent." })
  to!: string | null | undefined;

  @Field(() => ExecutionFilterInput, {
    nullable: true,
    description: "Facts of these runs; LLM calls without a run are left out.",
  })
  execution!: ExecutionFilterInput | null | undefined;

  @Field(() => [PhaseName], {
    nullable: true,
    description: "Phases of these names, or LLM calls made in them.",
  })
  phase!: readonly vocabulary.PhaseName[] | null | undefined;

  @Field(() => [PhaseResult], { nullable: true, description: "Phases that ended like this." })
  phaseResult!: readonly vocabulary.PhaseResult[] | null | undefined;

  @Field(() => Boolean, {
    nullable: true,
    description: "Phases after a failed verify of their run, or all others.",
  })
  rework!: boolean | null | undefined;

  @Field(() => Boolean, { nullable: true, description: "Bug fixes without a human, or all others." })
  autonomous!: boolean | null | undefined;

  @Field(() => [String], {
    nullable: true,
    description: "LLM calls of these models, or runs that spent most on them.",
  })
  model!: readonly string[] | null | undefined;

  @Field(() => [String], { nullable: true, description: "LLM calls served by these." })
  provider!: readonly string[] | null | undefined;

  @Field(() => [String], { nullable: true, description: "LLM calls that worked on these kinds of document." })
  documentType!: readonly string[] | null | undefined;

  @Field(() => [CallSource], { nullable: true, description: "LLM calls that reached the product like this." })
  callSource!: readonly vocabulary.CallSource[] | null | undefined;

  @Field(() => Boolean, {
    nullable: true,
    description: "LLM calls that belong to a known run, or all others.",
  })
  attributed!: boolean | null | undefined;
}

@ArgsType()
export class MetricsArgs implements SentMetrics {
  @Field(() => MetricSubjectEnum, { description: "What is counted and measured." })
  of!: vocabulary.MetricSubject;

  @Field(() => [MetricDimensionEnum], {
    nullable: true,
    description:
      "What rows are told apart by, beside time; without it there is one row for everything, or for each bucket.",
  })
  groupBy!: readonly MetricDimension[] | null | undefined;

  @Field(() => [MetricMeasureInput], { description: "What each row says, in this order." })
  measures!: readonly MetricMeasureInput[];

  @Field(() => MetricFilterInput, {
    nullable: true,
    description: "Which facts count; all when it is absent.",
  })
  filter!: MetricFilterInput | null | undefined;

  @Field(() => [MetricHavingInput], {
    nullable: true,
    description: "Which rows are shown; all when it is absent.",
  })
  having!: readonly MetricHavingInput[] | null | undefined;

  @Field(() => TimeGrainEnum, {
    nullable: true,
    description: "Makes a row for each bucket of time in which there is something.",
  })
  timeGrain!: vocabulary.TimeGrain | null | undefined;

  @Field(() => String, {
    nullable: true,
    defaultValue: defaults.timeZone,
    description: "The time zone of buckets, such as Europe/Berlin.",
  })
  timeZone!: string | null | undefined;

  @Field(() => [MetricOrderInput], {
    nullable: true,
    description:
      "In which order; by time when there is a timeGrain, else the largest of the first measure first. Ties are in order of time, then of keys.",
  })
  orderBy!: readonly MetricOrderInput[] | null | undefined;

  @Field(() => Int, {
    nullable: true,
    defaultValue: defaults.metricRows,
    description: "How many rows at most: 1 to 1000, unless the server is configured otherwise.",
  })
  limit!: number | null | undefined;
}
