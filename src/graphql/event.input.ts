import { Field, InputType } from "type-graphql";
import type * as vocabulary from "../vocabulary.js";
import { RecordBugFixInput } from "./bug-fix.input.js";
import { PhaseName } from "./enums.js";
import { CompleteExecutionInput, StartExecutionInput, UpdateExecutionInput } from "./execution.input.js";
import { RecordPhaseInput } from "./phase.input.js";
import { DateTime, NonNegativeInt, Usd, Uuid } from "./scalars.js";

@InputType({
  description: "One LLM call. Its token counts are disjoint: what was read from a cache is not input.",
})
export class LlmCallInput {
  @Field(() => String, { description: "Names the call; the same key again is the same call." })
  sourceKey!: string;

  @Field(() => Uuid, {
    nullable: true,
    description:
      "The run it was made in, which may start later; without it the call counts as unattributed spend.",
  })
  executionId?: string | null;

  @Field(() => PhaseName, {
    nullable: true,
    description: "The phase it was made in, when the reporter knows.",
  })
  phase?: vocabulary.PhaseName | null;

  @Field(() => String, { nullable: true, description: "The kind of document it worked on." })
  documentType?: string | null;

  @Field(() => String, { nullable: true, description: "Who serves the model, such as anthropic." })
  provider?: string | null;

  @Field(() => String, { description: "The model, as its provider names it." })
  model!: string;

  @Field(() => DateTime, { description: "When the call was made." })
  startedAt!: Date;

  @Field(() => NonNegativeInt, { nullable: true, description: "Input tokens that no cache was involved in." })
  inputTokens?: number | null;

  @Field(() => NonNegativeInt, { nullable: true, description: "Input tokens read from a cache." })
  cacheReadTokens?: number | null;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "Input tokens written to a cache for 5 minutes.",
  })
  cacheWrite5mTokens?: number | null;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "Input tokens written to a cache for an hour.",
  })
  cacheWrite1hTokens?: number | null;

  @Field(() => NonNegativeInt, { nullable: true, description: "Output tokens." })
  outputTokens?: number | null;

  @Field(() => Usd, { nullable: true, description: "What it cost; without it the call is unpriced." })
  costUsd?: number | null;
}

@InputType({
  description: "One event of a batch: exactly one field is set, and its name says what the event is.",
})
export class EventInput {
  @Field(() => StartExecutionInput, { nullable: true, description: "The start of a run." })
  startExecution?: StartExecutionInput | null;

  @Field(() => UpdateExecutionInput, { nullable: true, description: "A partial update of a run." })
  updateExecution?: UpdateExecutionInput | null;

  @Field(() => RecordPhaseInput, { nullable: true, description: "A phase boundary." })
  recordPhase?: RecordPhaseInput | null;

  @Field(() => CompleteExecutionInput, { nullable: true, description: "The end of a run." })
  completeExecution?: CompleteExecutionInput | null;

  @Field(() => RecordBugFixInput, { nullable: true, description: "A bug fix." })
  recordBugFix?: RecordBugFixInput | null;

  @Field(() => LlmCallInput, { nullable: true, description: "An LLM call." })
  recordLlmCall?: LlmCallInput | null;
}
