import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/report.js";
import type * as vocabulary from "../vocabulary.js";
import { ExecutionStatus, Window } from "./enums.js";
import { costPerWs, PeriodFigures } from "./period-figures.type.js";
import { RunFigures } from "./run-figures.type.js";
import { DateTime, SafeInt, Usd } from "./scalars.js";

const completed = "completed runs are those with status COMPLETED";

@ObjectType("TrendPoint", {
  simpleResolvers: true,
  description: "One bucket of a trend, half-open [start, end).",
})
export class TrendPoint implements domain.TrendPoint {
  @Field(() => DateTime, {
    description: "The bucket's first instant: local midnight, or the start of the period.",
  })
  start!: Date;

  @Field(() => DateTime, {
    description: "The instant after the bucket: local midnight, or the end of the period.",
  })
  end!: Date;

  @Field(() => SafeInt, { description: "Runs that started in the bucket and are completed." })
  completedCount!: number;

  @Field(() => Usd, { description: "Sum of the cost of the runs that started in the bucket." })
  llmCostUsd!: number;

  @Field(() => Usd, { nullable: true, description: costPerWs })
  costPerWsUsd!: number | null;
}

@ObjectType("Dashboard", {
  simpleResolvers: true,
  description: `Figures of the runs that started in a period, half-open [from, to); ${completed}.`,
})
export class Dashboard extends PeriodFigures implements Omit<domain.Dashboard, "interval" | "timeZone"> {
  @Field(() => DateTime, { description: "The first instant of the period." })
  from!: Date;

  @Field(() => DateTime, { description: "The instant after the period." })
  to!: Date;

  @Field(() => DateTime, { description: "When the figures were computed." })
  asOf!: Date;

  @Field(() => [TrendPoint], {
    description: "The period in buckets, empty ones included; they add up to the whole.",
  })
  trend!: readonly TrendPoint[];
}

@ObjectType("StatusCount", { simpleResolvers: true, description: "How many runs have a status." })
export class StatusCount implements domain.StatusCount {
  @Field(() => ExecutionStatus, { description: "The status." })
  status!: vocabulary.Status;

  @Field(() => SafeInt, { description: "The runs that have it." })
  count!: number;
}

@ObjectType("Scoreboard", {
  simpleResolvers: true,
  description: `Figures of the runs that started in a window that ends now, half-open [from, to); ${completed}. Rates are fractions from 0 to 1, null where there is nothing to measure.`,
})
export class Scoreboard extends RunFigures implements domain.Scoreboard {
  @Field(() => Window, { description: "The window." })
  window!: vocabulary.Window;

  @Field(() => DateTime, { nullable: true, description: "The first instant of the window; null for ALL." })
  from!: Date | null;

  @Field(() => DateTime, { description: "The instant after the window: now." })
  to!: Date;

  @Field(() => DateTime, { description: "When the figures were computed." })
  asOf!: Date;

  @Field(() => [StatusCount], { description: "Runs by status; every status is listed." })
  runsByStatus!: readonly StatusCount[];
}

@ObjectType("CostRow", { simpleResolvers: true, description: "One row of a breakdown of cost." })
export class CostRow implements domain.CostRow {
  @Field(() => String, {
    nullable: true,
    description: "What the row is about; null for what belongs nowhere.",
  })
  key!: string | null;

  @Field(() => Usd, { description: "The known cost of its calls, and of its runs whose cost no call tells." })
  costUsd!: number;

  @Field(() => SafeInt, { description: "Its LLM calls, priced or not." })
  callCount!: number;

  @Field(() => SafeInt, { description: "The different runs behind its cost." })
  executionCount!: number;
}

@ObjectType("CostSummary", {
  simpleResolvers: true,
  description:
    "What was spent in a range, half-open [from, to): every LLM call by its own start, and every run without priced calls by the start of the run. Each breakdown sums to totalUsd.",
})
export class CostSummary implements domain.CostSummary {
  @Field(() => DateTime, {
    nullable: true,
    description: "The first instant of the range; null without a lower bound.",
  })
  from!: Date | null;

  @Field(() => DateTime, { description: "The instant after the range." })
  to!: Date;

  @Field(() => DateTime, { description: "When the figures were computed." })
  asOf!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Everything that the LLM log of the surrounding system held before this instant is in the figures, at most some seconds ago; null without a log, or until it was read to its end once.",
  })
  logAsOf!: Date | null;

  @Field(() => Usd, { description: "All that was spent, as far as it is known." })
  totalUsd!: number;

  @Field(() => Usd, { description: "The part spent by LLM calls without a known execution." })
  unattributedUsd!: number;

  @Field(() => SafeInt, { description: "LLM calls whose cost is unknown; they count nothing in any amount." })
  unpricedCallCount!: number;

  @Field(() => [String], {
    description:
      "The models of those calls, in order; give them a price in the file that PRICING_FILE names.",
  })
  unpricedModels!: readonly string[];

  @Field(() => [CostRow], { description: "By document type of the calls, largest cost first." })
  byDocumentType!: readonly CostRow[];

  @Field(() => [CostRow], { description: "By Work Statement, largest cost first." })
  byWs!: readonly CostRow[];

  @Field(() => [CostRow], { description: "By local date (YYYY-MM-DD), in order; only dates with spend." })
  byDate!: readonly CostRow[];

  @Field(() => [CostRow], { description: "By model, largest cost first." })
  byModel!: readonly CostRow[];

  @Field(() => [CostRow], { description: "By name of the phase, as REST spells it, largest cost first." })
  byPhase!: readonly CostRow[];

  @Field(() => [CostRow], {
    description:
      "By what tells the cost, largest first: calls that came by api, otlp or llm_log, and runs without priced calls as executor_reported or priced.",
  })
  bySource!: readonly CostRow[];
}
