import { Field, InputType, Int } from "type-graphql";
import type { recordPhase } from "../operations/phase.operations.js";
import type * as vocabulary from "../vocabulary.js";
import { PhaseName, PhaseResult } from "./enums.js";
import { DateTime, NonNegativeInt, Uuid } from "./scalars.js";
import type { Sent } from "./sent.js";

@InputType({
  description:
    "A phase boundary. Without completedAt it opens a phase; the same eventId with completedAt closes it, once.",
})
export class RecordPhaseInput implements Sent<typeof recordPhase> {
  @Field(() => Uuid, { description: "The run." })
  executionId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Names the phase, so that a repeat is not counted twice; the server makes one when it is absent.",
  })
  eventId!: string | null | undefined;

  @Field(() => PhaseName, { description: "Which phase." })
  name!: vocabulary.PhaseName;

  @Field(() => Int, {
    nullable: true,
    description: "Its place in the run, from 1; the next one when it is absent.",
  })
  sequence!: number | null | undefined;

  @Field(() => DateTime, { description: "When it began." })
  startedAt!: string;

  @Field(() => DateTime, { nullable: true, description: "When it ended." })
  completedAt!: string | null | undefined;

  @Field(() => NonNegativeInt, {
    nullable: true,
    description: "Seconds; overruled by the two times when both are there.",
  })
  durationSeconds!: number | null | undefined;

  @Field(() => PhaseResult, { nullable: true, description: "How it ended." })
  result!: vocabulary.PhaseResult | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Tests written in it." })
  testsWritten!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Tests that passed in it." })
  testsPassing!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Tests that failed in it." })
  testsFailing!: number | null | undefined;

  @Field(() => NonNegativeInt, { nullable: true, description: "Files modified in it." })
  filesModified!: number | null | undefined;
}
