import { Field, ObjectType } from "type-graphql";
import type { BugFix } from "../domain/bug-fix.js";
import type * as vocabulary from "../vocabulary.js";
import { Outcome } from "./enums.js";
import { DateTime, Uuid } from "./scalars.js";

@ObjectType("BugFix", { simpleResolvers: true, description: "A bug that was found and fixed during a run." })
export class BugFixObject implements BugFix {
  @Field(() => Uuid, { description: "The id of the bug fix." })
  id!: string;

  @Field(() => Uuid, { description: "The id of the run in which it was found." })
  executionId!: string;

  @Field(() => String, { nullable: true, description: "Reserved for tenants: stored, not enforced." })
  scopeId!: string | null;

  @Field(() => String, { description: "What was wrong." })
  description!: string;

  @Field(() => String, { description: "Why it was wrong." })
  rootCause!: string;

  @Field(() => String, { description: "The test that shows it." })
  testName!: string;

  @Field(() => String, { description: "What was done about it." })
  fixSummary!: string;

  @Field(() => [String], { description: "The files that the fix changed." })
  filesModified!: readonly string[];

  @Field(() => Boolean, { description: "Whether it was fixed without a human." })
  autonomous!: boolean;

  @Field(() => DateTime, { description: "When it was recorded." })
  createdAt!: Date;
}

@ObjectType("BugFixPayload", {
  simpleResolvers: true,
  description: "What a write to a bug fix did, and the bug fix after it.",
})
export class BugFixPayload {
  @Field(() => Outcome, { description: "What the write did." })
  outcome!: vocabulary.Outcome;

  @Field(() => BugFixObject, { description: "The bug fix as it is stored." })
  bugFix!: BugFixObject;
}
