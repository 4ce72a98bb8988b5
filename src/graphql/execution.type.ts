import { Field, Float, Int, ObjectType } from "type-graphql";
import type { ExecutionCost } from "../domain/cost.js";
import type { Execution, FileMetrics, TestMetrics } from "../domain/execution.js";
import type * as vocabulary from "../vocabulary.js";
import { CostSource, ExecutionStatus, Outcome } from "./enums.js";
import { PhaseObject } from "./phase.type.js";
import { DateTime, Usd, Uuid } from "./scalars.js";

@ObjectType("TestMetrics", {
  simpleResolvers: true,
  description:
    "Counts of tests. Each that the executor never reported is derived from the phases of the run.",
})
export class TestMetricsObject implements TestMetrics {
  @Field(() => Int, { description: "Tests written; derived as the sum over all phases." })
  written!: number;

  @Field(() => Int, { description: "Tests that pass; derived from the last verify phase." })
  passing!: number;

  @Field(() => Int, { description: "Tests that fail; derived from the last verify phase." })
  failing!: number;

  @Field(() => Int, { description: "Tests that were skipped." })
  skipped!: number;
}

@ObjectType("FileMetrics", { simpleResolvers: true, description: "The files a run touched, by path." })
export class FileMetricsObject implements FileMetrics {
  @Field(() => [String], { description: "Files that did not exist before." })
  created!: readonly string[];

  @Field(() => [String], { description: "Files that were changed." })
  modified!: readonly string[];

  @Field(() => [String], { description: "Files that are gone." })
  deleted!: readonly string[];
}

@ObjectType("Execution", {
  simpleResolvers: true,
  description: "One run of a Work Statement by one executor.",
})
export class ExecutionObject implements Execution {
  @Field(() => Uuid, { description: "The id of the run, also the correlation id of its LLM calls." })
  id!: string;

  @Field(() => String, { description: "The Work Statement." })
  wsId!: string;

  @Field(() => String, {
    nullable: true,
    description: "The Work Package that the Work Statement belongs to.",
  })
  wpId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Reserved for tenants: stored and filterable, not enforced.",
  })
  scopeId!: string | null;

  @Field(() => String, { description: "Who works on it: claude_code, human, subagent, or any other name." })
  executor!: string;

  @Field(() => ExecutionStatus, { description: "Where the run stands." })
  status!: vocabulary.Status;

  @Field(() => DateTime, { description: "When the run started." })
  startedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When the run ended; null while it is in progress." })
  completedAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: "completedAt - startedAt in whole seconds, rounded down.",
  })
  durationSeconds!: number | null;

  @Field(() => [PhaseObject], { description: "The phases by sequence, then startedAt, then eventId." })
  phases!: readonly PhaseObject[];

  @Field(() => TestMetricsObject, { description: "Counts of tests." })
  testMetrics!: TestMetricsObject;

  @Field(() => FileMetricsObject, { description: "The files the run touched." })
  fileMetrics!: FileMetricsObject;

  @Field(() => Int, {
    description: "The larger of what was reported and how often an implement phase follows a failed verify.",
  })
  reworkCycles!: number;

  @Field(() => Int, { description: "LLM calls, as the executor reported them." })
  llmCalls!: number;

  @Field(() => Int, { description: "Tokens sent to models, as the executor reported them." })
  llmTokensIn!: number;

  @Field(() => Int, { description: "Tokens received from models, as the executor reported them." })
  llmTokensOut!: number;

  @Field(() => Usd, {
    nullable: true,
    description: "The cost, as the executor reported it; null when it did not.",
  })
  llmCostUsd!: number | null;

  @Field(() => String, { nullable: true, description: "The model, as the executor reported it." })
  llmModel!: string | null;

  @Field(() => DateTime, { description: "When the run was first heard of." })
  createdAt!: Date;
}

@ObjectType("ExecutionCost", {
  simpleResolvers: true,
  description: "What a run cost, and on whose authority.",
})
export class ExecutionCostObject implements Omit<ExecutionCost, "byPhase"> {
  /** The run; not part of the schema. */
  executionId!: string;

  @Field(() => Usd, {
    nullable: true,
    description:
      "loggedUsd if any call has a cost, else reportedUsd, else an estimate from tokens; null when unknown.",
  })
  totalUsd!: number | null;

  @Field(() => CostSource, { description: "Where totalUsd comes from." })
  source!: vocabulary.CostSource;

  @Field(() => Usd, {
    nullable: true,
    description: "Sum of the run's LLM calls that have a cost; null when none has.",
  })
  loggedUsd!: number | null;

  @Field(() => Usd, { nullable: true, description: "What the executor reported." })
  reportedUsd!: number | null;

  @Field(() => Usd, {
    nullable: true,
    description:
      "The run's reported tokens at the price of its model when it started, all tokens sent priced as input; null for a run that named no model or whose model has no known price.",
  })
  estimatedUsd!: number | null;

  @Field(() => Usd, {
    nullable: true,
    description: "loggedUsd - reportedUsd, so that sources cannot disagree in silence.",
  })
  differenceUsd!: number | null;

  @Field(() => Int, { description: "LLM calls attributed to the run." })
  callCount!: number;

  @Field(() => Int, { description: "Those of them whose cost is unknown; they count nothing in loggedUsd." })
  unpricedCallCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: "The share of its calls that have a cost, from 0 to 1; null without calls.",
  })
  coverage!: number | null;

  @Field(() => Usd, { nullable: true, description: "totalUsd minus the cost of all phases." })
  unattributedToPhaseUsd!: number | null;
}

@ObjectType("EnvironmentVariable", {
  simpleResolvers: true,
  description: "A variable for the environment of an executor.",
})
export class EnvironmentVariable {
  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => String, {
    description: "Its value, which can stand between double quotes in a shell as it is.",
  })
  value!: string;
}

@ObjectType("ExecutionPayload", {
  simpleResolvers: true,
  description: "What a write to a run did, and the run after it.",
})
export class ExecutionPayload {
  @Field(() => Outcome, { description: "What the write did." })
  outcome!: vocabulary.Outcome;

  @Field(() => ExecutionObject, { description: "The run as it is now." })
  execution!: ExecutionObject;
}
