import type { CostRow, Scoreboard } from "../domain/report.js";
import type { Outcome } from "../vocabulary.js";

/** What a tool was given, in the names of the operations; who reports it refuses what breaks a rule. */
export type Input = Readonly<Record<string, unknown>>;

/** An instant, or its RFC 3339 text. */
export type Time = Date | string;

/** What became of a report. */
export interface Reported {
  /** `SPOOLED` waits on disk until the server is there again. */
  readonly outcome: Outcome | "SPOOLED";
  readonly executionId: string;
  /** What the caller should know about it beside. */
  readonly note?: string | undefined;
}

/** A phase that was reported before. */
export interface KnownPhase {
  readonly eventId: string;
  readonly name: string;
  readonly startedAt: Time;
  readonly completedAt: Time | null;
}

/** A phase as a reader sees it. */
interface ReadPhase extends KnownPhase {
  readonly sequence: number;
  readonly durationSeconds: number | null;
  readonly result: string | null;
}

type Row = Pick<CostRow, "key" | "costUsd" | "callCount">;

/** One run as a reader sees it; words in the letters of whoever was asked. */
export interface ReadRun {
  readonly id: string;
  readonly wsId: string;
  readonly wpId: string | null;
  readonly executor: string;
  readonly status: string;
  readonly startedAt: Time;
  readonly completedAt: Time | null;
  readonly durationSeconds: number | null;
  readonly reworkCycles: number;
  readonly phases: readonly ReadPhase[];
  readonly testMetrics: Readonly<Record<"written" | "passing" | "failing" | "skipped", number>>;
  readonly fileMetrics: Readonly<Record<"created" | "modified" | "deleted", readonly string[]>>;
  readonly bugFixes: readonly { readonly id: string; readonly description: string }[];
  readonly cost: {
    readonly totalUsd: number | null;
    readonly source: string;
    readonly callCount: number;
    readonly unpricedCallCount: number;
    readonly byPhase: readonly Row[];
    readonly byModel: readonly Row[];
  };
}

/** Figures of a window, and what was spent in it on what. */
export interface ReadMetrics {
  readonly scoreboard: Pick<
    Scoreboard,
    | "totalRuns"
    | "completedRuns"
    | "successRate"
    | "firstPassVerifyRate"
    | "averageDurationSeconds"
    | "p95DurationSeconds"
    | "llmCostUsd"
    | "costPerCompletedWsUsd"
    | "autonomousBugFixCount"
  > & { readonly from: Time | null; readonly to: Time };
  readonly byPhase: readonly Row[];
  readonly byModel: readonly Row[];
  readonly unpricedCallCount: number;
}

/**
 * What the tools need of whatever stands behind them: the operations of a server, or a client of one. Whatever it
 * refuses, it refuses with a `MetricsError`.
 */
export interface Reporting {
  readonly now: () => Date;
  startExecution(input: Input): Promise<Reported>;
  recordPhase(input: Input): Promise<Reported>;
  completeExecution(input: Input): Promise<Reported>;
  recordBugFix(input: Input): Promise<Reported>;
  /**
   * The phases of a run that were reported, as far as they are known here, in their order; undefined where nobody can
   * say, because what was sent names no run.
   */
  phasesOf(executionId: unknown): Promise<readonly KnownPhase[] | undefined>;
  execution(input: Input): Promise<ReadRun>;
  metrics(input: Input): Promise<ReadMetrics>;
  /** The run that is meant where none is named; undefined where nobody knows. */
  currentExecution?(): Promise<string | undefined>;
}
