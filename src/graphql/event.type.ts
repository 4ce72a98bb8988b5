import { Field, Int, ObjectType } from "type-graphql";
import type * as domain from "../domain/batch.js";
import type * as vocabulary from "../vocabulary.js";
import { Outcome } from "./enums.js";
import { ItemError } from "./item-error.type.js";
import { Uuid } from "./scalars.js";

@ObjectType("EventResult", { simpleResolvers: true, description: "What became of one event of a batch." })
export class EventResult implements domain.EventResult {
  @Field(() => Int, { description: "Its place in the batch, from 0." })
  index!: number;

  @Field(() => Outcome, { nullable: true, description: "What was done with it; null when it was refused." })
  outcome!: vocabulary.Outcome | null;

  @Field(() => Uuid, { nullable: true, description: "The run it is about." })
  executionId!: string | null;

  @Field(() => ItemError, { nullable: true, description: "Why it was refused." })
  error!: ItemError | null;
}
