import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { recordEvents } from "../operations/event.operations.js";
import { recordLlmCalls } from "../operations/llm-call.operations.js";
import type { GraphqlContext } from "./context.js";
import { EventInput, LlmCallInput } from "./event.input.js";
import { EventResult, LlmCallResult } from "./event.type.js";

@Resolver()
export class EventResolver {
  @Mutation(() => [LlmCallResult], {
    description:
      "Records LLM calls, at most 1000 at once. Each answers for itself; a repeat of a key changes nothing.",
  })
  async recordLlmCalls(
    @Arg("input", () => [LlmCallInput], { description: "The calls." }) input: readonly LlmCallInput[],
    @Ctx() { perform }: GraphqlContext,
  ): Promise<LlmCallResult[]> {
    return [...(await perform(recordLlmCalls, { input }))];
  }

  @Mutation(() => [EventResult], {
    description:
      "Applies up to 1000 events in their order. Each answers for itself: one that is refused spoils no other.",
  })
  async recordEvents(
    @Arg("events", () => [EventInput], { description: "The events." }) events: readonly EventInput[],
    @Ctx() { perform }: GraphqlContext,
  ): Promise<EventResult[]> {
    return [...(await perform(recordEvents, { events }))];
  }
}
