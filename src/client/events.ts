import { randomUUID } from "node:crypto";
import type { EventInput } from "./gql/graphql.js";

/** An event whose ids are fixed, so that it can be sent any number of times. */
export interface FixedEvent {
  readonly event: EventInput;
  /** The run it is about; undefined for a call that names none. */
  readonly executionId: string | undefined;
  /** Its own id: of the execution, the phase's event, the bug fix, or the call's source key. */
  readonly id: string;
}

/**
 * Gives an event the ids it does not bring. A start that gets its id here also gets its time: it may reach the server
 * later. Of a start that brings its id nobody knows whether it is a repeat, so its time is left as it is.
 */
export function fixed(event: EventInput, now: Date): FixedEvent {
  const { startExecution, updateExecution, recordPhase, completeExecution, recordBugFix, recordLlmCall } =
    event;
  if (startExecution) {
    const id = startExecution.id ?? randomUUID();
    const startedAt = startExecution.id
      ? startExecution.startedAt
      : (startExecution.startedAt ?? now.toISOString());
    return { event: { startExecution: { ...startExecution, id, startedAt } }, executionId: id, id };
  }
  if (recordPhase) {
    const eventId = recordPhase.eventId ?? randomUUID();
    return {
      event: { recordPhase: { ...recordPhase, eventId } },
      executionId: recordPhase.executionId,
      id: eventId,
    };
  }
  if (completeExecution) {
    const completedAt = completeExecution.completedAt ?? now.toISOString();
    const { id } = completeExecution;
    return { event: { completeExecution: { ...completeExecution, completedAt } }, executionId: id, id };
  }
  if (recordBugFix) {
    const id = recordBugFix.id ?? randomUUID();
    return { event: { recordBugFix: { ...recordBugFix, id } }, executionId: recordBugFix.executionId, id };
  }
  if (recordLlmCall) {
    const { executionId, sourceKey } = recordLlmCall;
    return { event, executionId: executionId ?? undefined, id: sourceKey };
  }
  const id = updateExecution?.id ?? "";
  return { event, executionId: id, id };
}
