import { ArgsType, Field, InputType, Int } from "type-graphql";
import type { bugFixes, executionBugFixPages } from "../operations/bug-fix-list.operations.js";
import { defaults } from "../operations/defaults.js";
import type * as vocabulary from "../vocabulary.js";
import { OrderDirection } from "./enums.js";
import { DateTime, Uuid } from "./scalars.js";
import type { Sent } from "./sent.js";

@InputType("BugFixFilter", {
  description:
    "Which bug fixes: those that match every field; absent fields do not restrict. Ranges include From and exclude To.",
})
export class BugFixFilterInput implements NonNullable<Sent<typeof bugFixes>["filter"]> {
  @Field(() => Uuid, { nullable: true, description: "Bug fixes of this run." })
  executionId!: string | null | undefined;

  @Field(() => String, { nullable: true, description: "Bug fixes of runs of this Work Statement." })
  wsId!: string | null | undefined;

  @Field(() => String, { nullable: true, description: "Bug fixes of runs of this Work Package." })
  wpId!: string | null | undefined;

  @Field(() => String, { nullable: true, description: "Bug fixes of runs by this executor." })
  executor!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Bug fixes of this scope: their own, not that of their run.",
  })
  scopeId!: string | null | undefined;

  @Field(() => Boolean, {
    nullable: true,
    description: "Bugs that were fixed without a human, or those that took one.",
  })
  autonomous!: boolean | null | undefined;

  @Field(() => DateTime, { nullable: true, description: "Bug fixes that were recorded then or later." })
  createdFrom!: string | null | undefined;

  @Field(() => DateTime, { nullable: true, description: "Bug fixes that were recorded before." })
  createdTo!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description:
      "Bug fixes whose test has a name that begins so. Every character means itself, and case counts.",
  })
  testNamePrefix!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description:
      "Bug fixes in which this phrase stands: in description, rootCause, testName or fixSummary. Upper and lower case are alike (letters beyond ASCII as the locale of the database has it); every character means itself.",
  })
  text!: string | null | undefined;
}

@InputType("BugFixOrder", {
  description: "An order of bug fixes: by when they were recorded; ties are in id order.",
})
class BugFixOrderInput implements NonNullable<Sent<typeof bugFixes>["orderBy"]> {
  @Field(() => OrderDirection, {
    nullable: true,
    defaultValue: defaults.orderDirection,
    description: "Which end comes first.",
  })
  direction!: vocabulary.OrderDirection | null | undefined;
}

@ArgsType()
export class BugFixesArgs implements Sent<typeof bugFixes> {
  @Field(() => BugFixFilterInput, {
    nullable: true,
    description: "Which bug fixes; all when it is absent.",
  })
  filter!: BugFixFilterInput | null | undefined;

  @Field(() => BugFixOrderInput, {
    nullable: true,
    description: "In which order; newest first when it is absent.",
  })
  orderBy!: BugFixOrderInput | null | undefined;

  @Field(() => Int, {
    nullable: true,
    defaultValue: defaults.pageSize,
    description: "How many at most: 1 to 500, unless the server is configured otherwise.",
  })
  first!: number | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: "A cursor of the same order: the page begins after it.",
  })
  after!: string | null | undefined;
}

@ArgsType()
export class BugFixesOfRunArgs implements Omit<Sent<typeof executionBugFixPages>, "executionIds"> {
  @Field(() => Boolean, {
    nullable: true,
    description: "Bugs that were fixed without a human, or those that took one; both when it is absent.",
  })
  autonomous!: boolean | null | undefined;

  @Field(() => Int, {
    nullable: true,
    defaultValue: defaults.nestedPageSize,
    description: "How many at most of each run: 1 to 100, unless the server is configured otherwise.",
  })
  first!: number | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: "A cursor of a list that is oldest first: the page begins after it.",
  })
  after!: string | null | undefined;
}
