import { Field, Float, ObjectType } from "type-graphql";
import type * as domain from "../domain/report.js";
import type * as interval from "../domain/wilson-interval.js";
import { DateTime, SafeInt, Usd } from "./scalars.js";

/** What a small sample is, wherever figures say whether they are of one. */
export const smallSample =
  "Whether there are fewer than 30 completed runs, too few for averages and rates to say much: a usual rule of thumb for when the mean of a sample is close to normally distributed.";

@ObjectType("RateInterval", {
  simpleResolvers: true,
  description:
    "The 95 % Wilson score interval of a rate p of n runs: (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n), where z leaves 2.5 % of the normal distribution above it (E. B. Wilson, 1927).",
})
export class RateInterval implements interval.RateInterval {
  @Field(() => Float, { description: "The lower bound, a fraction from 0 to 1, at most the rate." })
  low!: number;

  @Field(() => Float, { description: "The upper bound, a fraction from 0 to 1, at least the rate." })
  high!: number;
}

/** What a scoreboard says of some runs. */
@ObjectType({ simpleResolvers: true })
export abstract class RunFigures implements domain.RunFigures, domain.Certainty {
  @Field(() => SafeInt, { description: "All runs, whatever their status." })
  totalRuns!: number;

  @Field(() => SafeInt, { description: "Runs with status COMPLETED." })
  completedRuns!: number;

  @Field(() => Float, { nullable: true, description: "completedRuns / totalRuns; null without runs." })
  successRate!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "completedRuns / runs with status COMPLETED, FAILED or HARD_STOP; null without any.",
  })
  settledSuccessRate!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Average durationSeconds of the completed runs; null without any.",
  })
  averageDurationSeconds!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "95th percentile of durationSeconds of the completed runs, exact and interpolated (percentile_cont); null without any.",
  })
  p95DurationSeconds!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Completed runs with reworkCycles 0 / completedRuns; null without any.",
  })
  firstPassVerifyRate!: number | null;

  @Field(() => Usd, {
    description: "Sum of the cost of all runs, whatever their status; unknown costs add nothing.",
  })
  llmCostUsd!: number;

  @Field(() => Usd, {
    nullable: true,
    description:
      "The cost of all runs / the number of completed runs, rounded to 6 decimals; null when no run is completed or none has a known cost.",
  })
  costPerCompletedWsUsd!: number | null;

  @Field(() => SafeInt, {
    description: "Bug fixes recorded in the window that needed no human, whenever their run started.",
  })
  autonomousBugFixCount!: number;

  @Field(() => Boolean, { description: smallSample })
  isSmallSample!: boolean;

  @Field(() => RateInterval, {
    nullable: true,
    description: "Where successRate lies, of totalRuns; null when it is null.",
  })
  successRateInterval!: RateInterval | null;

  @Field(() => RateInterval, {
    nullable: true,
    description:
      "Where settledSuccessRate lies, of the runs with status COMPLETED, FAILED or HARD_STOP; null when it is null.",
  })
  settledSuccessRateInterval!: RateInterval | null;

  @Field(() => RateInterval, {
    nullable: true,
    description: "Where firstPassVerifyRate lies, of completedRuns; null when it is null.",
  })
  firstPassVerifyRateInterval!: RateInterval | null;
}

@ObjectType("PreviousWindow", {
  simpleResolvers: true,
  description:
    "The scoreboard's figures of the window of the same length right before it, half-open [from, to).",
})
export class PreviousWindow extends RunFigures implements domain.PreviousWindow {
  @Field(() => DateTime, { description: "The first instant of the window before." })
  from!: Date;

  @Field(() => DateTime, { description: "The instant after it: the first of the scoreboard." })
  to!: Date;
}

@ObjectType("FiguresRow", {
  simpleResolvers: true,
  description:
    "Figures of the runs that have something in common. The rows of a breakdown add up: each run is in one of them, and each bug fix in that of its run, also where that started before.",
})
export class FiguresRow extends RunFigures implements domain.FiguresRow {
  @Field(() => String, {
    nullable: true,
    description: "What the runs have in common; null for those that have none, and for the rest.",
  })
  key!: string | null;

  @Field(() => Boolean, {
    description: "Whether the row holds all the runs that are in no other row, whatever their keys.",
  })
  isRest!: boolean;

  @Field(() => SafeInt, { description: "Runs with status COMPLETED, FAILED or HARD_STOP." })
  settledRuns!: number;
}
