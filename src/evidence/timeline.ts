import type { Execution } from "../domain/execution.js";
import type { Phase } from "../domain/phase.js";

/** The length of a timeline, in units of its drawing. */
export const timelineLength = 1_000;
/** What is shorter would not be seen. */
const shortest = 8;

/** Where a bar begins in a timeline, and how long it is. */
export interface Bar {
  readonly x: number;
  readonly width: number;
}

/**
 * The place of each phase in the time from the start of a run, or of its first phase, to the end of whichever ended last.
 * What has not ended lasts until `asOf`, or the end of the run.
 */
export function timelineOf({ startedAt, completedAt, phases }: Execution, asOf: Date): readonly Bar[] {
  const untilMs = (completedAt ?? asOf).getTime();
  const endOf = (phase: Phase) =>
    Math.max(phase.completedAt?.getTime() ?? untilMs, phase.startedAt.getTime());
  const fromMs = phases.reduce(
    (first, phase) => Math.min(first, phase.startedAt.getTime()),
    startedAt.getTime(),
  );
  const toMs = phases.reduce((last, phase) => Math.max(last, endOf(phase)), untilMs);
  const lengthOf = (ms: number) => Math.round((ms / Math.max(toMs - fromMs, 1)) * timelineLength);
  return phases.map((phase) => {
    const begin = phase.startedAt.getTime();
    const width = Math.min(Math.max(lengthOf(endOf(phase) - begin), shortest), timelineLength);
    return { x: Math.min(lengthOf(begin - fromMs), timelineLength - width), width };
  });
}
