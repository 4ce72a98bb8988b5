import type { CostSource, PhaseName, Status } from "../vocabulary.js";
import type { ExportedExecution } from "./exported.js";
import type { Range } from "./report.js";

/** So many runs of a report are told in full; of the others it says what they add up to. */
export const listedRuns = 500;

/** Which runs a report is about: those that started in a range, of one Work Package or Work Statement or of all. */
export interface EvidenceSelection extends Range {
  readonly wpId: string | undefined;
  readonly wsId: string | undefined;
  /** In which times are shown. */
  readonly timeZone: string;
}

/** What all runs of a selection come to. Money in USD, durations in seconds, rates are fractions from 0 to 1. */
export interface EvidenceTotals {
  readonly runs: number;
  readonly workStatements: number;
  readonly completed: number;
  readonly firstPass: number;
  readonly firstPassRate: number | null;
  readonly successRate: number | null;
  readonly settledSuccessRate: number | null;
  /** Of completed runs, as are the next two. */
  readonly averageDurationSeconds: number | null;
  readonly medianDurationSeconds: number | null;
  readonly p95DurationSeconds: number | null;
  readonly testsWritten: number;
  readonly testsPassing: number;
  readonly testsFailing: number;
  readonly testsSkipped: number;
  readonly filesTouched: number;
  readonly reworkCycles: number;
  readonly bugFixes: number;
  readonly autonomousBugFixes: number;
  /** The sum of what is known; null when nothing is. */
  readonly costUsd: number | null;
  readonly costCoverage: number | null;
  readonly costPerCompletedUsd: number | null;
  readonly llmCalls: number;
  readonly unpricedCalls: number;
}

/** How many runs have their cost from a source, and how much of it; null where the source is none. */
export interface CostOfSource {
  readonly source: CostSource;
  readonly runs: number;
  readonly costUsd: number | null;
}

/** What all phases of a name come to. */
export interface PhaseTotals {
  readonly name: PhaseName;
  readonly phases: number;
  readonly runs: number;
  /** The sum of what is known; null when nothing is, as is the next. */
  readonly durationSeconds: number | null;
  readonly costUsd: number | null;
  readonly passRate: number | null;
}

/** What some LLM calls come to. */
export interface CallTotals {
  readonly calls: number;
  readonly unpricedCalls: number;
  /** The sum of what is known; null when nothing is. */
  readonly costUsd: number | null;
}

/** What the calls of the runs to one model come to; a null model stands for all models that are in no other row. */
export interface ModelTotals extends CallTotals {
  readonly model: string | null;
}

/** What keeps the figures of a selection from being complete. */
export interface EvidenceGaps {
  /** When the first of the runs started. */
  readonly firstStartedAt: Date;
  readonly runsWithoutPhases: number;
  readonly openPhases: number;
  readonly phasesWithoutResult: number;
  /** Runs whose executor reported another cost than their calls show. */
  readonly differingRuns: number;
}

/** What is known, and what is not, of the runs of a selection, all of it as of one moment. */
export interface Evidence {
  readonly selection: EvidenceSelection;
  readonly asOf: Date;
  readonly totals: EvidenceTotals;
  readonly byStatus: readonly { readonly status: Status; readonly runs: number }[];
  readonly bySource: readonly CostOfSource[];
  readonly byPhase: readonly PhaseTotals[];
  readonly byModel: readonly ModelTotals[];
  readonly gaps: EvidenceGaps;
  /** LLM calls that belong to no known run, of the time that a report is about. */
  readonly strayCalls: CallTotals;
  /** The first so many, in the order they started. */
  readonly runs: readonly ExportedExecution[];
  /** When the first one started that is not among them; undefined when there is none. */
  readonly nextStartedAt: Date | undefined;
}

/** Whose runs a selection is about: `Work Statement WS-1 of Work Package WP-1`. */
export function subjectInWords({ wpId, wsId }: Pick<EvidenceSelection, "wpId" | "wsId">): string {
  const named = [wsId && `Work Statement ${wsId}`, wpId && `Work Package ${wpId}`].filter(Boolean);
  return named.length === 0 ? "all Work Statements" : named.join(" of ");
}
