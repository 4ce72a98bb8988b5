import { Field, Float, ObjectType } from "type-graphql";
import type * as change from "../domain/change.js";
import type * as domain from "../domain/report.js";
import { SafeInt, Usd } from "./scalars.js";

const relative =
  "(current - previous) / previous, 1 being twice as much; null when either is unknown or the previous figure is 0.";
const difference = (figure: string) => `Current - previous ${figure}; null when either is unknown.`;
const smallChange =
  "Whether either side is a small sample, of fewer than 30 completed runs; see isSmallSample there.";

@ObjectType("CountChange", { simpleResolvers: true, description: "How a count went." })
export class CountChange implements change.Change {
  @Field(() => SafeInt, { nullable: true, description: "Current - previous; negative when it became less." })
  difference!: number | null;

  @Field(() => Float, { nullable: true, description: relative })
  relative!: number | null;
}

@ObjectType("CostChange", { simpleResolvers: true, description: "How an amount of money went." })
export class CostChange implements change.Change {
  @Field(() => Usd, {
    nullable: true,
    description: "Current - previous, in USD; negative when it became less, null when either is unknown.",
  })
  difference!: number | null;

  @Field(() => Float, { nullable: true, description: relative })
  relative!: number | null;
}

@ObjectType("ScoreboardChange", {
  simpleResolvers: true,
  description: "How the figures of a scoreboard went since the window before: current - previous.",
})
export class ScoreboardChange implements domain.ScoreboardChange {
  @Field(() => CountChange, { description: "Of totalRuns." })
  totalRuns!: CountChange;

  @Field(() => CountChange, { description: "Of completedRuns." })
  completedRuns!: CountChange;

  @Field(() => Float, {
    nullable: true,
    description: difference("successRate, both fractions from 0 to 1"),
  })
  successRate!: number | null;

  @Field(() => Float, { nullable: true, description: difference("settledSuccessRate") })
  settledSuccessRate!: number | null;

  @Field(() => Float, { nullable: true, description: difference("averageDurationSeconds") })
  averageDurationSeconds!: number | null;

  @Field(() => Float, { nullable: true, description: difference("p95DurationSeconds") })
  p95DurationSeconds!: number | null;

  @Field(() => Float, { nullable: true, description: difference("firstPassVerifyRate") })
  firstPassVerifyRate!: number | null;

  @Field(() => CostChange, { description: "Of llmCostUsd." })
  llmCostUsd!: CostChange;

  @Field(() => CostChange, { description: "Of costPerCompletedWsUsd." })
  costPerCompletedWsUsd!: CostChange;

  @Field(() => CountChange, { description: "Of autonomousBugFixCount." })
  autonomousBugFixCount!: CountChange;

  @Field(() => Boolean, { description: smallChange })
  isSmallSample!: boolean;
}

@ObjectType("DashboardChange", {
  simpleResolvers: true,
  description: "How the figures of a dashboard went since the period before: current - previous.",
})
export class DashboardChange implements domain.DashboardChange {
  @Field(() => CountChange, { description: "Of completedCount." })
  completedCount!: CountChange;

  @Field(() => Float, { nullable: true, description: difference("averageDurationSeconds") })
  averageDurationSeconds!: number | null;

  @Field(() => CountChange, { description: "Of testsWritten." })
  testsWritten!: CountChange;

  @Field(() => CountChange, { description: "Of autonomousBugFixCount." })
  autonomousBugFixCount!: CountChange;

  @Field(() => CostChange, { description: "Of llmCostUsd." })
  llmCostUsd!: CostChange;

  @Field(() => Float, { nullable: true, description: difference("averageReworkCycles") })
  averageReworkCycles!: number | null;

  @Field(() => CostChange, { description: "Of costPerWsUsd." })
  costPerWsUsd!: CostChange;

  @Field(() => Boolean, { description: smallChange })
  isSmallSample!: boolean;
}
