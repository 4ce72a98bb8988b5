import type { CallSource, PhaseName, PhaseResult, Status } from "../../src/vocabulary.js";
import type { Micros } from "../support/usd.js";

/** What a test tells the server, and computes from by itself. Instants are milliseconds; null was never reported. */

export interface PhaseFact {
  readonly eventId: string;
  readonly sequence: number;
  readonly name: PhaseName;
  readonly startedAt: number;
  readonly completedAt: number | null;
  readonly result: PhaseResult | null;
  readonly testsWritten: number | null;
}

interface BugFixFact {
  readonly createdAt: number;
  readonly autonomous: boolean;
}

export interface RunFact {
  readonly id: string;
  readonly wsId: string;
  readonly status: Status;
  readonly startedAt: number;
  readonly completedAt: number | null;
  /** The sessions of the executor that worked on it. */
  readonly sessions: readonly string[];
  readonly model: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly reportedCost: Micros | null;
  readonly reportedRework: number | null;
  readonly reportedWritten: number | null;
  readonly phases: readonly PhaseFact[];
  readonly bugFixes: readonly BugFixFact[];
}

export interface CallFact {
  readonly key: string;
  /** Who told of it, and who told of it again later and is not listened to. */
  readonly source: CallSource;
  readonly retoldBy: CallSource | null;
  /** The run that it claims; may be the id of one that nobody started. */
  readonly executionId: string | null;
  readonly session: string | null;
  readonly phase: PhaseName | null;
  readonly documentType: string | null;
  readonly model: string;
  readonly startedAt: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cost: Micros | null;
}

export interface Facts {
  readonly runs: readonly RunFact[];
  readonly calls: readonly CallFact[];
}

const later = (a: PhaseFact, b: PhaseFact) =>
  a.startedAt - b.startedAt || a.sequence - b.sequence || (a.eventId < b.eventId ? -1 : 1);

/** The phases in the order in which work was done. */
export const inOrderOfWork = (phases: readonly PhaseFact[]): readonly PhaseFact[] => [...phases].sort(later);

/** How often an `implement` comes after a `verify` that failed, with neither between them. */
function reworkShownBy(phases: readonly PhaseFact[]): number {
  const work = inOrderOfWork(phases).filter(({ name }) => name === "implement" || name === "verify");
  return work.filter(({ name }, index) => {
    const previous = work[index - 1];
    return name === "implement" && previous?.name === "verify" && previous.result === "fail";
  }).length;
}

export const reworkOf = ({ phases, reportedRework }: RunFact): number =>
  Math.max(reportedRework ?? 0, reworkShownBy(phases));

export const testsWrittenOf = ({ phases, reportedWritten }: RunFact): number =>
  reportedWritten ?? phases.reduce((sum, { testsWritten }) => sum + (testsWritten ?? 0), 0);

/** Whole seconds, rounded down; null while the run is in progress. */
export const secondsOf = ({ startedAt, completedAt }: RunFact): number | null =>
  completedAt === null ? null : Math.floor((completedAt - startedAt) / 1000);

const known = (value: number | null): value is number => value !== null;

/** Null when there is nothing to average. */
export function averageOf(values: readonly (number | null)[]): number | null {
  const measured = values.filter(known);
  return measured.length === 0 ? null : measured.reduce((sum, value) => sum + value, 0) / measured.length;
}

/** Null when there is nothing to divide by. */
export const rateOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The value below which a fraction of the values lies, interpolated between its neighbours. */
export function percentileOf(fraction: number, values: readonly (number | null)[]): number | null {
  const sorted = values.filter(known).sort((a, b) => a - b);
  const place = fraction * (sorted.length - 1);
  const [lower, upper] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (lower === undefined || upper === undefined) return null;
  return lower + (upper - lower) * (place - Math.floor(place));
}
