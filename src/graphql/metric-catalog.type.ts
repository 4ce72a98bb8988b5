import { Field, ObjectType } from "type-graphql";
import {
  dimensionsOf,
  type MetricDimension,
  type MetricMeasure,
  measuresOf,
  subjectOf,
} from "../domain/metrics/catalogue.js";
import type { MeasureDefinition } from "../domain/metrics/definition.js";
import { type MetricAggregate, type MetricSubject, metricAggregates } from "../vocabulary.js";
import { enumOf } from "./enums.js";
import {
  MetricAggregateEnum,
  MetricDimensionEnum,
  MetricMeasureEnum,
  MetricSubjectEnum,
} from "./metrics.enums.js";

const open = { simpleResolvers: true } as const;

const measureKinds = ["count", "value", "ratio"] as const satisfies readonly MeasureDefinition["kind"][];

const MeasureKind = enumOf("MeasureKind", "How a measure comes about.", measureKinds, {
  COUNT: "Facts are counted; 0 of nothing.",
  VALUE: "Each fact has its own, or none; an aggregate makes one of them.",
  RATIO: "One sum over all facts of a row divided by another; null where there is nothing to divide by.",
});

@ObjectType("DimensionDefinition", { ...open, description: "What facts can be told apart by." })
export class DimensionDefinitionObject {
  @Field(() => MetricDimensionEnum, { description: "Its name." })
  dimension!: MetricDimension;

  @Field(() => String, { description: "What it is." })
  definition!: string;

  @Field(() => String, {
    nullable: true,
    description: "What holds of the facts of a row in which it is null; null when there is no such row.",
  })
  nullMeans!: string | null;
}

@ObjectType("MeasureDefinition", { ...open, description: "What can be counted or measured." })
export class MeasureDefinitionObject {
  @Field(() => MetricMeasureEnum, { description: "Its name." })
  measure!: MetricMeasure;

  @Field(() => MeasureKind, { description: "How it comes about." })
  kind!: MeasureDefinition["kind"];

  @Field(() => String, {
    description: "The unit, as UCUM spells it: s, USD, 1 for a ratio, or what is counted in braces.",
  })
  unit!: string;

  @Field(() => String, { description: "What it is." })
  definition!: string;

  @Field(() => String, { description: "How it is computed." })
  formula!: string;

  @Field(() => [MetricAggregateEnum], {
    description: "What can be made of it; one of them is required. Empty for counts and ratios.",
  })
  aggregates!: readonly MetricAggregate[];

  @Field(() => String, {
    nullable: true,
    description: "When a fact has none, and is left out, or when a ratio is null; null when that cannot be.",
  })
  nullMeans!: string | null;
}

@ObjectType("SubjectDefinition", { ...open, description: "What a metrics query can be about." })
export class SubjectDefinitionObject {
  @Field(() => MetricSubjectEnum, { description: "Its name." })
  subject!: MetricSubject;

  @Field(() => String, { description: "What its facts are." })
  definition!: string;

  @Field(() => String, { description: "The time that places a fact in a range and in a bucket of time." })
  clock!: string;

  @Field(() => [DimensionDefinitionObject], { description: "What its facts can be grouped by." })
  dimensions!: readonly DimensionDefinitionObject[];

  @Field(() => [MeasureDefinitionObject], { description: "What can be counted and measured of them." })
  measures!: readonly MeasureDefinitionObject[];
}

/** Everything that can be asked of a subject. */
export function definitionOf(subject: MetricSubject): SubjectDefinitionObject {
  const { definition, clock, dimensions, measures } = subjectOf(subject);
  return {
    subject,
    definition,
    clock,
    dimensions: dimensionsOf(subject).flatMap((dimension) => {
      const known = dimensions[dimension];
      return known === undefined ? [] : { ...known, dimension, nullMeans: known.nullMeans ?? null };
    }),
    measures: measuresOf(subject).flatMap((measure) => {
      const known = measures[measure];
      if (known === undefined) return [];
      const aggregates = known.kind === "value" ? metricAggregates : [];
      return { ...known, measure, aggregates, nullMeans: known.nullMeans ?? null };
    }),
  };
}
