import { Field, Float, ObjectType } from "type-graphql";
import type * as domain from "../domain/report.js";
import { smallSample } from "./run-figures.type.js";
import { DateTime, SafeInt, Usd } from "./scalars.js";

/** What cost per Work Statement means, wherever it is shown. */
export const costPerWs =
  "The cost of all runs / the number of completed runs, rounded to 6 decimals; null when no run is completed or none has a known cost.";

/** What a dashboard says of the runs that started in a range. */
@ObjectType({ simpleResolvers: true })
export abstract class PeriodFigures implements domain.PeriodFigures, domain.Sampled {
  @Field(() => SafeInt, { description: "Completed runs; a Work Statement that was run twice counts twice." })
  completedCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Average durationSeconds of the completed runs; null without any.",
  })
  averageDurationSeconds!: number | null;

  @Field(() => SafeInt, { description: "Sum of testMetrics.written over all runs, whatever their status." })
  testsWritten!: number;

  @Field(() => SafeInt, {
    description: "Bug fixes recorded in the period that needed no human, whenever their run started.",
  })
  autonomousBugFixCount!: number;

  @Field(() => Usd, {
    description: "Sum of the cost of all runs, whatever their status; unknown costs add nothing.",
  })
  llmCostUsd!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Average reworkCycles of the completed runs; null without any.",
  })
  averageReworkCycles!: number | null;

  @Field(() => Usd, { nullable: true, description: costPerWs })
  costPerWsUsd!: number | null;

  @Field(() => Boolean, { description: smallSample })
  isSmallSample!: boolean;
}

@ObjectType("PreviousPeriod", {
  simpleResolvers: true,
  description:
    "The dashboard's figures of the period of the same length right before it, half-open [from, to).",
})
export class PreviousPeriod extends PeriodFigures implements domain.PreviousPeriod {
  @Field(() => DateTime, { description: "The first instant of the period before." })
  from!: Date;

  @Field(() => DateTime, { description: "The instant after it: the first of the dashboard." })
  to!: Date;
}
