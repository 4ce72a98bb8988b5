import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { costOfPhase } from "../domain/cost.js";
import { recordPhase } from "../operations/phase.operations.js";
import type { GraphqlContext } from "./context.js";
import { RecordPhaseInput } from "./phase.input.js";
import { PhaseObject } from "./phase.type.js";
import { type PhaseOfExecution, PhasePayload } from "./phase-payload.type.js";
import { Usd } from "./scalars.js";

@Resolver(() => PhaseObject)
export class PhaseResolver {
  @Mutation(() => PhasePayload, {
    description: "Opens, closes or appends a phase. A repeat under the same eventId changes nothing.",
  })
  async recordPhase(
    @Arg("input", () => RecordPhaseInput, { description: "The phase boundary." }) input: RecordPhaseInput,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<PhasePayload> {
    const { outcome, phase, execution } = await perform(recordPhase, input, "input");
    const phaseOfExecution: PhaseOfExecution = { ...phase, executionId: execution.id };
    return { outcome, execution, phase: phaseOfExecution };
  }

  @FieldResolver(() => Usd, {
    nullable: true,
    description:
      "Sum of the LLM calls of the phase: those that name it, and those that started inside its span alone. Null unless calls say what the run cost, or when none of the phase's calls has a cost.",
  })
  async costUsd(
    @Root() { executionId, eventId }: PhaseOfExecution,
    @Ctx() { costs }: GraphqlContext,
  ): Promise<number | null> {
    return costOfPhase(await costs.load(executionId), eventId);
  }
}
