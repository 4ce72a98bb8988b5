import { Field, InputType } from "type-graphql";
import type { recordLlmCall } from "../operations/llm-call.operations.js";
import type * as vocabulary from "../vocabulary.js";
import { PhaseName } from "./enums.js";
import { DateTime, NonNegativeInt, Usd, Uuid } from "./scalars.js";
import type { Sent } from "./sent.js";

@InputType({
  description: "One LLM call. Its token counts are disjoint: what was read from a cache is not input.",
})
export class LlmCallInput implements Sent<typeof recordLlmCall> {
  @Field(() => String, { description: "Names the call; the same key again is the same call." })
  sourceKey!: string;

  @Field(() => Uuid, {
    nullable: true,
    description:
      "The run it was made in, which may start later; without it the call belongs to the run of its session, or counts as unattributed spend.",
  })
  executionId!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description:
      "The executor's own session. It finds the run of a call that names none: the one the session was bound to when the call started.",
  })
  executorSessionId!: string | null | undefined;

  @Field(() => PhaseName, {
    nullable: true,
    description: "The phase it was made in, when the reporter knows.",
  })
  phase!: vocabulary.PhaseName | null | undefined;

  @Field(() => String, { nullable: true, description: "The kind of document it worked on." })
  documentType!: string | null | undefined;

  @Field(() => String, { nullable: true, description: "Who serves the model, such as anthropic." })
  provider!: string | null | undefined;

  @Field(() => String, { description: "The model, as its provider names it." })
  model!: string;

  @Field(() => DateTime, { description: "When the call was made." })
  startedAt!: string;

  @Field(() => NonNegativeInt, { nullable: true, description: "Input tokens that no cache was involved in." })
  inputTokens!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Input tokens read from a cache." })
  cacheReadTokens!: number | null | undefined;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "Input tokens written to a cache for 5 minutes.",
  })
  cacheWrite5mTokens!: number | null | undefined;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "Input tokens written to a cache for an hour.",
  })
  cacheWrite1hTokens!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Output tokens." })
  outputTokens!: number | null | undefined;

  @Field(() => Usd, {
    nullable: true,
    description:
      "What it cost. Without it its tokens are priced; a call of a model without a known price counts as unpriced.",
  })
  costUsd!: number | null | undefined;
}
