import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { recordLlmCalls } from "../operations/llm-call.operations.js";
import type { GraphqlContext } from "./context.js";
import { LlmCallInput } from "./llm-call.input.js";
import { LlmCallResult } from "./llm-call.type.js";

@Resolver()
export class LlmCallResolver {
  @Mutation(() => [LlmCallResult], {
    description:
      "Records LLM calls, by default at most 1000 at once. Each answers for itself; a repeat of a key changes nothing.",
  })
  async recordLlmCalls(
    @Arg("input", () => [LlmCallInput], { description: "The calls." }) input: readonly LlmCallInput[],
    @Ctx() { perform }: GraphqlContext,
  ): Promise<LlmCallResult[]> {
    return [...(await perform(recordLlmCalls, { input }))];
  }
}
