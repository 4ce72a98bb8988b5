import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { MetricsError } from "../errors.js";
import {
  completeExecution,
  execution,
  startExecution,
  updateExecution,
} from "../operations/execution.operations.js";
import { BugFixObject } from "./bug-fix.type.js";
import { BugFixConnection, toBugFixConnection } from "./bug-fix-connection.type.js";
import { BugFixesOfRunArgs } from "./bug-fix-list.input.js";
import type { GraphqlContext } from "./context.js";
import { CompleteExecutionInput, StartExecutionInput, UpdateExecutionInput } from "./execution.input.js";
import { ExecutionCostObject, ExecutionObject, ExecutionPayload } from "./execution.type.js";
import { PhaseObject } from "./phase.type.js";
import type { PhaseOfExecution } from "./phase-payload.type.js";
import { DateTime, Uuid } from "./scalars.js";

@Resolver(() => ExecutionObject)
export class ExecutionResolver {
  @Query(() => ExecutionObject, {
    nullable: true,
    description: "One run by its id; null when there is none.",
  })
  async execution(
    @Arg("id", () => Uuid, { description: "The id of the run." }) id: string,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<ExecutionObject | null> {
    try {
      return await perform(execution, { id });
    } catch (error) {
      if (error instanceof MetricsError && error.code === "NOT_FOUND") return null;
      throw error;
    }
  }

  @Mutation(() => ExecutionPayload, {
    description:
      "Starts a run, or repeats a start. Under a known id the Work Statement and executor must be the stored ones (else CONFLICT); any other named field replaces what is stored. The status of an existing run never moves.",
  })
  startExecution(
    @Arg("input", () => StartExecutionInput, { description: "The start." }) input: StartExecutionInput,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<ExecutionPayload> {
    return perform(startExecution, input, "input");
  }

  @Mutation(() => ExecutionPayload, {
    description: "Changes what is named and leaves the rest. Numbers are totals, never increments.",
  })
  updateExecution(
    @Arg("input", () => UpdateExecutionInput, { description: "What changed." }) input: UpdateExecutionInput,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<ExecutionPayload> {
    return perform(updateExecution, input, "input");
  }

  @Mutation(() => ExecutionPayload, {
    description:
      "Ends a run. Ending it again with the same status moves nothing; with another one it is a CONFLICT. Metrics, phases, bug fixes and LLM calls are still accepted afterwards.",
  })
  completeExecution(
    @Arg("input", () => CompleteExecutionInput, { description: "The end." }) input: CompleteExecutionInput,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<ExecutionPayload> {
    return perform(completeExecution, input, "input");
  }

  @FieldResolver(() => [PhaseObject])
  phases(@Root() { id, phases }: ExecutionObject): readonly PhaseOfExecution[] {
    return phases.map((phase) => ({ ...phase, executionId: id }));
  }

  @FieldResolver(() => [BugFixObject], { description: "The bugs fixed during the run, oldest first." })
  async bugFixes(
    @Root() { id }: ExecutionObject,
    @Ctx() { bugFixes, nodes }: GraphqlContext,
  ): Promise<readonly BugFixObject[]> {
    return nodes.add(await bugFixes.load(id));
  }

  @FieldResolver(() => DateTime, {
    description:
      "When the run was last heard of: the latest of createdAt of the run, its phases, bug fixes and attributed LLM calls, and of completedAt of the run and its phases, which count no later than now. Updates of its metrics leave no time behind, and are no sign.",
  })
  lastSignOfLifeAt(@Root() { id }: ExecutionObject, @Ctx() { signsOfLife }: GraphqlContext): Promise<Date> {
    return signsOfLife.load(id);
  }

  @FieldResolver(() => BugFixConnection, {
    description: "The bugs fixed during the run, oldest first, page by page.",
  })
  async bugFixConnection(
    @Root() { id }: ExecutionObject,
    @Args(() => BugFixesOfRunArgs) { autonomous, first, after }: BugFixesOfRunArgs,
    @Ctx() { bugFixPages, bugFixTotals, nodes }: GraphqlContext,
  ): Promise<BugFixConnection> {
    const page = await bugFixPages.with({ autonomous, first, after }).load(id);
    nodes.add(page.items);
    return toBugFixConnection(page, () => bugFixTotals.with({ autonomous }).load(id));
  }

  @FieldResolver(() => ExecutionCostObject, { description: "What the run cost." })
  async cost(
    @Root() { id }: ExecutionObject,
    @Ctx() { costs }: GraphqlContext,
  ): Promise<ExecutionCostObject> {
    return { ...(await costs.load(id)), executionId: id };
  }
}
