import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/batch.js";
import type * as errors from "../errors.js";

@ObjectType("FieldError", { simpleResolvers: true, description: "One broken rule." })
export class FieldError implements errors.FieldError {
  @Field(() => String, { description: "Where in the request." })
  path!: string;

  @Field(() => String, { description: "What would be right." })
  message!: string;
}

@ObjectType("ItemError", {
  simpleResolvers: true,
  description: "Why one item of a batch was refused, while the others were not.",
})
export class ItemError implements domain.ItemError {
  @Field(() => String, { description: "The code, as in the errors of a request." })
  code!: errors.ErrorCode;

  @Field(() => String, { description: "What is wrong, in words." })
  message!: string;

  @Field(() => [FieldError], { description: "Every rule that the item breaks." })
  errors!: readonly FieldError[];
}
