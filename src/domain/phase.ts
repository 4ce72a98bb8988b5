import type { Outcome, PhaseName, PhaseResult } from "../vocabulary.js";
import { agrees } from "./repetition.js";

/** One phase of an execution. Counters are null where they were never reported. */
export interface Phase {
  readonly eventId: string;
  readonly sequence: number;
  readonly name: PhaseName;
  readonly startedAt: Date;
  readonly completedAt: Date | null;
  readonly durationSeconds: number | null;
  readonly result: PhaseResult | null;
  readonly testsWritten: number | null;
  readonly testsPassing: number | null;
  readonly testsFailing: number | null;
  readonly filesModified: number | null;
}

/** A phase boundary as its executor reports it; without `completedAt` it opens the phase. */
export interface PhaseEvent {
  readonly eventId: string;
  readonly name: PhaseName;
  readonly startedAt: Date;
  readonly completedAt?: Date | undefined;
  readonly sequence?: number | undefined;
  /** Kept only for as long as the phase is open; afterwards the two times say it. */
  readonly durationSeconds?: number | undefined;
  readonly result?: PhaseResult | undefined;
  readonly testsWritten?: number | undefined;
  readonly testsPassing?: number | undefined;
  readonly testsFailing?: number | undefined;
  readonly filesModified?: number | undefined;
}

export interface PhaseOutcome {
  readonly eventId: string;
  readonly outcome: Outcome;
}

/**
 * Whether every field that `event` names equals what is stored. The duration of a closed phase is computed from
 * its times, so a reported one says nothing then.
 */
export function repeats(event: PhaseEvent, stored: Omit<Phase, "eventId">): boolean {
  const { eventId, durationSeconds, ...named } = event;
  const claims = stored.completedAt === null ? { ...named, durationSeconds } : named;
  return agrees(claims, stored);
}

/** The largest sequence that a client may give; above it there is room for those that the server gives. */
export const largestSequence = 1_000_000_000;
