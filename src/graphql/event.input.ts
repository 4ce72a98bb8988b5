import { Field, InputType } from "type-graphql";
import type { EventKind } from "../operations/event-kinds.js";
import { RecordBugFixInput } from "./bug-fix.input.js";
import { CompleteExecutionInput, StartExecutionInput, UpdateExecutionInput } from "./execution.input.js";
import { LlmCallInput } from "./llm-call.input.js";
import { RecordPhaseInput } from "./phase.input.js";

@InputType({
  description: "One event of a batch: exactly one field is set, and its name says what the event is.",
})
export class EventInput implements Record<EventKind, object | null | undefined> {
  @Field(() => StartExecutionInput, { nullable: true, description: "The start of a run." })
  startExecution!: StartExecutionInput | null | undefined;

  @Field(() => UpdateExecutionInput, { nullable: true, description: "A partial update of a run." })
  updateExecution!: UpdateExecutionInput | null | undefined;

  @Field(() => RecordPhaseInput, { nullable: true, description: "A phase boundary." })
  recordPhase!: RecordPhaseInput | null | undefined;

  @Field(() => CompleteExecutionInput, { nullable: true, description: "The end of a run." })
  completeExecution!: CompleteExecutionInput | null | undefined;

  @Field(() => RecordBugFixInput, { nullable: true, description: "A bug fix." })
  recordBugFix!: RecordBugFixInput | null | undefined;

  @Field(() => LlmCallInput, { nullable: true, description: "An LLM call." })
  recordLlmCall!: LlmCallInput | null | undefined;
}
