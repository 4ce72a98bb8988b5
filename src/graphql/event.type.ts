import { Field, Int, ObjectType } from "type-graphql";
import type * as domain from "../domain/llm-call.js";
import type * as errors from "../errors.js";
import type { EventResult as DomainEventResult } from "../operations/event.operations.js";
import type * as vocabulary from "../vocabulary.js";
import { Outcome } from "./enums.js";
import { Uuid } from "./scalars.js";

@ObjectType("FieldError", { description: "One broken rule." })
export class FieldError implements errors.FieldError {
  @Field(() => String, { description: "Where in the request." })
  path!: string;

  @Field(() => String, { description: "What would be right." })
  message!: string;
}

@ObjectType("ItemError", { description: "Why one item of a batch was refused, while the others were not." })
export class ItemError implements domain.ItemError {
  @Field(() => String, { description: "The code, as in the errors of a request." })
  code!: errors.ErrorCode;

  @Field(() => String, { description: "What is wrong, in words." })
  message!: string;

  @Field(() => [FieldError], { description: "Every rule that the item breaks." })
  errors!: readonly FieldError[];
}

@ObjectType("LlmCallResult", { description: "What became of one LLM call." })
export class LlmCallResult implements domain.LlmCallResult {
  @Field(() => Outcome, { nullable: true, description: "What was done with it; null when it was refused." })
  outcome!: vocabulary.Outcome | null;

  @Field(() => String, { description: "Its key." })
  sourceKey!: string;

  @Field(() => ItemError, { nullable: true, description: "Why it was refused." })
  error!: ItemError | null;
}

@ObjectType("EventResult", { description: "What became of one event of a batch." })
export class EventResult implements DomainEventResult {
  @Field(() => Int, { description: "Its place in the batch, from 0." })
  index!: number;

  @Field(() => Outcome, { nullable: true, description: "What was done with it; null when it was refused." })
  outcome!: vocabulary.Outcome | null;

  @Field(() => Uuid, { nullable: true, description: "The run it is about." })
  executionId!: string | null;

  @Field(() => ItemError, { nullable: true, description: "Why it was refused." })
  error!: ItemError | null;
}
