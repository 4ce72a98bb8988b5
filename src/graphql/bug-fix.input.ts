import { Field, InputType } from "type-graphql";
import type { recordBugFix } from "../operations/bug-fix.operations.js";
import { Uuid } from "./scalars.js";
import type { Sent } from "./sent.js";

@InputType({
  description: "A bug that was found and fixed during a run. Sending it again under the same id is safe.",
})
export class RecordBugFixInput implements Sent<typeof recordBugFix> {
  @Field(() => Uuid, {
    nullable: true,
    description: "The id of the bug fix; the server makes one when it is absent.",
  })
  id!: string | null | undefined;

  @Field(() => Uuid, { description: "The run in which it was found." })
  executionId!: string;

  @Field(() => String, { nullable: true, description: "Reserved for tenants: stored, not enforced." })
  scopeId!: string | null | undefined;

  @Field(() => String, { description: "What was wrong." })
  description!: string;

  @Field(() => String, { description: "Why it was wrong." })
  rootCause!: string;

  @Field(() => String, { description: "The test that shows it." })
  testName!: string;

  @Field(() => String, { description: "What was done about it." })
  fixSummary!: string;

  @Field(() => [String], { nullable: true, description: "The files that the fix changed." })
  filesModified!: readonly string[] | null | undefined;

  @Field(() => Boolean, { description: "Whether it was fixed without a human." })
  autonomous!: boolean;
}
