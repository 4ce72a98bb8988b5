import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { recordEvents } from "../operations/event.operations.js";
import type { GraphqlContext } from "./context.js";
import { EventInput } from "./event.input.js";
import { EventResult } from "./event.type.js";

@Resolver()
export class EventResolver {
  @Mutation(() => [EventResult], {
    description:
      "Applies events in their order, by default at most 1000 at once. Each answers for itself: one that is refused spoils no other.",
  })
  async recordEvents(
    @Arg("events", () => [EventInput], { description: "The events." }) events: readonly EventInput[],
    @Ctx() { perform }: GraphqlContext,
  ): Promise<EventResult[]> {
    return [...(await perform(recordEvents, { events }))];
  }
}
