import { Field, Int, ObjectType } from "type-graphql";
import type { Phase } from "../domain/phase.js";
import type * as vocabulary from "../vocabulary.js";
import { PhaseName, PhaseResult } from "./enums.js";
import { DateTime } from "./scalars.js";

@ObjectType("Phase", {
  simpleResolvers: true,
  description: "One phase of a run, between two boundaries that its executor reported.",
})
export class PhaseObject implements Phase {
  @Field(() => String, { description: "The id its reporter gave it; a repeat of it is the same phase." })
  eventId!: string;

  @Field(() => Int, { description: "Its place in the run, from 1." })
  sequence!: number;

  @Field(() => PhaseName, { description: "Which phase." })
  name!: vocabulary.PhaseName;

  @Field(() => DateTime, { description: "When it began." })
  startedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it ended; null while it is open." })
  completedAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "completedAt - startedAt in whole seconds, rounded down; for an open phase what was reported.",
  })
  durationSeconds!: number | null;

  @Field(() => PhaseResult, { nullable: true, description: "How it ended." })
  result!: vocabulary.PhaseResult | null;

  @Field(() => Int, { nullable: true, description: "Tests written in it." })
  testsWritten!: number | null;

  @Field(() => Int, { nullable: true, description: "Tests that passed in it." })
  testsPassing!: number | null;

  @Field(() => Int, { nullable: true, description: "Tests that failed in it." })
  testsFailing!: number | null;

  @Field(() => Int, { nullable: true, description: "Files modified in it." })
  filesModified!: number | null;
}
