import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/batch.js";
import type * as vocabulary from "../vocabulary.js";
import { Outcome } from "./enums.js";
import { ItemError } from "./item-error.type.js";

@ObjectType("LlmCallResult", { simpleResolvers: true, description: "What became of one LLM call." })
export class LlmCallResult implements domain.LlmCallResult {
  @Field(() => Outcome, { nullable: true, description: "What was done with it; null when it was refused." })
  outcome!: vocabulary.Outcome | null;

  @Field(() => String, { description: "Its key." })
  sourceKey!: string;

  @Field(() => ItemError, { nullable: true, description: "Why it was refused." })
  error!: ItemError | null;
}
