import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/report.js";
import { SafeInt } from "./scalars.js";

@ObjectType("SilentRuns", {
  simpleResolvers: true,
  description:
    "Runs with status STARTED that nothing was heard of for long. It is a fact about them and changes none: they count as STARTED wherever runs are counted.",
})
export class SilentRuns implements domain.SilentRuns {
  @Field(() => SafeInt, { description: "How many." })
  count!: number;

  /** Their runs are what the schema shows. */
  oldestIds!: readonly string[];
}
