import { Field, InputType } from "type-graphql";
import type { executions } from "../operations/execution-list.operations.js";
import type * as vocabulary from "../vocabulary.js";
import { CostSource, ExecutionStatus } from "./enums.js";
import { DateTime, NonNegativeInt, Usd } from "./scalars.js";
import type { Sent } from "./sent.js";

const listLimit = "At most 100, unless the server is configured otherwise; an empty list matches none.";
const literalPrefix = "Every character means itself, and case counts.";

@InputType("ExecutionFilter", {
  description:
    "Which executions: those that match every field; absent fields do not restrict. Ranges include From and exclude To.",
})
export class ExecutionFilterInput implements NonNullable<Sent<typeof executions>["filter"]> {
  @Field(() => String, {
    nullable: true,
    description: "Runs of this Work Statement.",
  })
  wsId!: string | null | undefined;

  @Field(() => [String], {
    nullable: true,
    description: `Runs of one of these Work Statements. ${listLimit}`,
  })
  wsIdIn!: readonly string[] | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: `Runs of Work Statements whose ids begin so. ${literalPrefix}`,
  })
  wsIdPrefix!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Runs of this Work Package.",
  })
  wpId!: string | null | undefined;

  @Field(() => [String], {
    nullable: true,
    description: `Runs of one of these Work Packages. ${listLimit}`,
  })
  wpIdIn!: readonly string[] | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: `Runs of Work Packages whose ids begin so. ${literalPrefix}`,
  })
  wpIdPrefix!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Runs by this executor.",
  })
  executor!: string | null | undefined;

  @Field(() => [String], {
    nullable: true,
    description: `Runs by one of these executors. ${listLimit}`,
  })
  executorIn!: readonly string[] | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: `Runs by executors whose names begin so. ${literalPrefix}`,
  })
  executorPrefix!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Runs of this scope.",
  })
  scopeId!: string | null | undefined;

  @Field(() => [String], {
    nullable: true,
    description: `Runs of one of these scopes. ${listLimit}`,
  })
  scopeIdIn!: readonly string[] | null | undefined;

  @Field(() => [String], {
    nullable: true,
    description: `Runs that reported one of these as the model that the executor works with (llmModel). ${listLimit}`,
  })
  llmModelIn!: readonly string[] | null | undefined;

  @Field(() => [ExecutionStatus], {
    nullable: true,
    description: "Runs with one of these statuses.",
  })
  status!: readonly vocabulary.Status[] | null | undefined;

  @Field(() => DateTime, {
    nullable: true,
    description: "Runs that started then or later.",
  })
  startedFrom!: string | null | undefined;

  @Field(() => DateTime, {
    nullable: true,
    description: "Runs that started before.",
  })
  startedTo!: string | null | undefined;

  @Field(() => DateTime, {
    nullable: true,
    description: "Runs that ended then or later; never those in progress.",
  })
  completedFrom!: string | null | undefined;

  @Field(() => DateTime, {
    nullable: true,
    description: "Runs that ended before; never those in progress.",
  })
  completedTo!: string | null | undefined;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "Runs that took so many whole seconds or more; never those in progress.",
  })
  durationFrom!: number | null | undefined;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "Runs that took fewer whole seconds; never those in progress.",
  })
  durationTo!: number | null | undefined;

  @Field(() => Usd, {
    nullable: true,
    description: "Runs that cost so much or more (cost.totalUsd); never those of unknown cost.",
  })
  costFrom!: number | null | undefined;

  @Field(() => Usd, {
    nullable: true,
    description: "Runs that cost less (cost.totalUsd); never those of unknown cost.",
  })
  costTo!: number | null | undefined;

  @Field(() => [CostSource], {
    nullable: true,
    description: `Runs whose cost stands on one of these authorities. ${listLimit}`,
  })
  costSource!: readonly vocabulary.CostSource[] | null | undefined;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "Runs with so many rework cycles or more.",
  })
  reworkAtLeast!: number | null | undefined;

  @Field(() => Boolean, {
    nullable: true,
    description: "Runs with a bug fix, or those without one.",
  })
  hasBugFixes!: boolean | null | undefined;

  @Field(() => Boolean, {
    nullable: true,
    description: "Runs with a recorded LLM call of unknown cost, or those without one.",
  })
  hasUnpricedCalls!: boolean | null | undefined;

  @Field(() => String, {
    nullable: true,
    description:
      "Runs in which this phrase stands: in wsId, wpId, or in the description, rootCause, testName or fixSummary of one of their bug fixes. Upper and lower case are alike (letters beyond ASCII as the locale of the database has it); every character means itself. It reads every run and bug fix that the other fields leave.",
  })
  text!: string | null | undefined;
}
