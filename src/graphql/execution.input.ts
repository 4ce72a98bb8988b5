import { Field, InputType } from "type-graphql";
import { defaults } from "../operations/defaults.js";
import type {
  completeExecution,
  startExecution,
  updateExecution,
} from "../operations/execution.operations.js";
import type { executions } from "../operations/execution-list.operations.js";
import type * as vocabulary from "../vocabulary.js";
import { ExecutionOrderField, ExecutionStatus, OrderDirection } from "./enums.js";
import { DateTime, NonNegativeInt, Usd, Uuid } from "./scalars.js";
import type { Sent } from "./sent.js";

@InputType({
  description:
    "A merge patch (RFC 7396): named counts replace, absent ones stay, null returns to the derived value.",
})
class TestMetricsInput {
  @Field(() => NonNegativeInt, { nullable: true, description: "Tests written, as a total." })
  written!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Tests that pass, as a total." })
  passing!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Tests that fail, as a total." })
  failing!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Tests that were skipped, as a total." })
  skipped!: number | null | undefined;
}

@InputType({ description: "A merge patch (RFC 7396): named lists replace, absent ones stay, null empties." })
class FileMetricsInput {
  @Field(() => [String], { nullable: true, description: "All files that did not exist before." })
  created!: readonly string[] | null | undefined;

  @Field(() => [String], { nullable: true, description: "All files that were changed." })
  modified!: readonly string[] | null | undefined;

  @Field(() => [String], { nullable: true, description: "All files that are gone." })
  deleted!: readonly string[] | null | undefined;
}

@InputType({ description: "The start of a run. Sending it again under the same id is safe." })
export class StartExecutionInput implements Sent<typeof startExecution> {
  @Field(() => Uuid, {
    nullable: true,
    description: "The id of the run; the server makes one when it is absent.",
  })
  id!: string | null | undefined;

  @Field(() => String, { description: "The Work Statement; not empty." })
  wsId!: string;

  @Field(() => String, {
    nullable: true,
    description: "The Work Package that the Work Statement belongs to.",
  })
  wpId!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Reserved for tenants: stored and filterable, not enforced.",
  })
  scopeId!: string | null | undefined;

  @Field(() => String, {
    description:
      "Who works on it: claude_code, human, subagent, or any other name; 1 to 64 characters, unless the server is configured otherwise.",
  })
  executor!: string;

  @Field(() => String, {
    nullable: true,
    description: "The executor's own session, to find its LLM calls by.",
  })
  executorSessionId!: string | null | undefined;

  @Field(() => DateTime, { nullable: true, description: "When the run started; now when it is absent." })
  startedAt!: string | null | undefined;

  @Field(() => String, { nullable: true, description: "The model that the executor works with." })
  llmModel!: string | null | undefined;
}

@InputType()
class ExecutionMetricsInput {
  @Field(() => Uuid, { description: "The id of the run." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: "The Work Package that the Work Statement belongs to.",
  })
  wpId!: string | null | undefined;

  @Field(() => TestMetricsInput, { nullable: true, description: "Counts of tests, as totals." })
  testMetrics!: TestMetricsInput | null | undefined;

  @Field(() => FileMetricsInput, { nullable: true, description: "The files the run touched." })
  fileMetrics!: FileMetricsInput | null | undefined;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "How often work was done again after a failed verify.",
  })
  reworkCycles!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "LLM calls so far, as a total." })
  llmCalls!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Tokens sent to models so far, as a total." })
  llmTokensIn!: number | null | undefined;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "Tokens received from models so far, as a total.",
  })
  llmTokensOut!: number | null | undefined;

  @Field(() => Usd, { nullable: true, description: "The cost so far, as a total." })
  llmCostUsd!: number | null | undefined;

  @Field(() => String, { nullable: true, description: "The model that the executor works with." })
  llmModel!: string | null | undefined;
}

@InputType({
  description:
    "A partial update of a run: absent fields stay as they are, and null says the same as absence.",
})
export class UpdateExecutionInput extends ExecutionMetricsInput implements Sent<typeof updateExecution> {
  @Field(() => ExecutionStatus, {
    nullable: true,
    description: "Where the run stands; a final status ends it.",
  })
  status!: vocabulary.Status | null | undefined;
}

@InputType({ description: "The end of a run, with whatever metrics are known by then." })
export class CompleteExecutionInput extends ExecutionMetricsInput implements Sent<typeof completeExecution> {
  @Field(() => ExecutionStatus, {
    nullable: true,
    defaultValue: defaults.completion,
    description: "How it ended: COMPLETED, FAILED or HARD_STOP.",
  })
  status!: vocabulary.FinalStatus | null | undefined;

  @Field(() => DateTime, { nullable: true, description: "When it ended; now when it is absent." })
  completedAt!: string | null | undefined;
}

@InputType("ExecutionOrder", { description: "An order of executions; ties are in id order." })
export class ExecutionOrderInput implements NonNullable<Sent<typeof executions>["orderBy"]> {
  @Field(() => ExecutionOrderField, {
    nullable: true,
    defaultValue: defaults.orderField,
    description: "What they are ordered by.",
  })
  field!: vocabulary.ExecutionOrderField | null | undefined;

  @Field(() => OrderDirection, {
    nullable: true,
    defaultValue: defaults.orderDirection,
    description: "Which end comes first.",
  })
  direction!: vocabulary.OrderDirection | null | undefined;
}
