import { Field, ObjectType } from "type-graphql";
import type * as vocabulary from "../vocabulary.js";
import { Outcome } from "./enums.js";
import { ExecutionObject } from "./execution.type.js";
import { PhaseObject } from "./phase.type.js";

/** A phase that knows its run, so that its cost can be found. */
export interface PhaseOfExecution extends PhaseObject {
  readonly executionId: string;
}

@ObjectType("PhasePayload", {
  simpleResolvers: true,
  description: "What a write to a phase did, and the phase and its run after it.",
})
export class PhasePayload {
  @Field(() => Outcome, { description: "What the write did." })
  outcome!: vocabulary.Outcome;

  @Field(() => PhaseObject, { description: "The phase as it is stored." })
  phase!: PhaseObject;

  @Field(() => ExecutionObject, { description: "The run as it is now." })
  execution!: ExecutionObject;
}
