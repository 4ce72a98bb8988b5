import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { PhaseName } from "../vocabulary.js";
import { ToolFailure } from "./tool-failure.js";
import type { phaseInput } from "./tool-schemas.js";

/** A phase that is recorded already, as far as it matters for the end of one. */
export interface RecordedPhase {
  readonly eventId: string;
  readonly name: PhaseName;
  readonly startedAt: Date | string;
  readonly completedAt?: Date | string | null | undefined;
}

/**
 * The event that a model's report of a phase means. Models have no clock and keep no ids: the end of a phase finds its
 * beginning among those that are recorded.
 * @throws ToolFailure when none is open
 */
export async function phaseEvent(
  executionId: string,
  { started_at, completed_at, ...input }: z.output<typeof phaseInput>,
  recorded: () => Promise<readonly RecordedPhase[]>,
) {
  const now = new Date().toISOString();
  const event = {
    executionId,
    name: input.name,
    testsWritten: input.tests_written,
    testsPassing: input.tests_passing,
    testsFailing: input.tests_failing,
    filesModified: input.files_modified,
  };
  if (input.result === undefined) {
    const eventId = input.event_id ?? randomUUID();
    return { ...event, eventId, startedAt: started_at ?? now, completedAt: completed_at };
  }
  const end = { ...event, result: input.result, completedAt: completed_at ?? now };
  if (started_at !== undefined)
    return { ...end, eventId: input.event_id ?? randomUUID(), startedAt: started_at };
  const begun = (await recorded()).findLast(({ eventId, name, completedAt }) =>
    input.event_id === undefined ? name === input.name && !completedAt : eventId === input.event_id,
  );
  if (begun === undefined) {
    throw new ToolFailure(
      "NOT_FOUND",
      `No ${input.name} is open in this run. Call report_phase without result when a phase begins, or give started_at.`,
    );
  }
  const { eventId, startedAt, completedAt } = begun;
  return {
    ...end,
    eventId,
    startedAt: textOf(startedAt),
    completedAt: completed_at ?? (completedAt ? textOf(completedAt) : now), // a repeat says what the first said
  };
}

const textOf = (time: Date | string) => (typeof time === "string" ? time : time.toISOString());
