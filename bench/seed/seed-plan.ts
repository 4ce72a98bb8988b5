import { createHash } from "node:crypto";

/** What a generated database holds. Equal plans make equal rows, `bigint` ids of phases apart. */
export interface SeedPlan {
  /** Another seed makes other rows, which may stand beside those of this one. */
  readonly seed: number;
  readonly executions: number;
  /** LLM calls are made for runs of so many days before `until`. */
  readonly callsDays: number;
  /** The runs are spread over the year before this. */
  readonly until: Date;
}

/** Over how many days runs are spread. */
export const days = 365;
/** Calls of one run, on average. */
export const callsPerRun = 20;
/** With more runs than this, only those of the last days have calls, unless somebody says otherwise. */
const runsWithAllCalls = 1_000_000;
const recentDays = 30;

/** For how many days a database of that size has calls, when nobody says otherwise. */
export function usualCallsDays(executions: number): number {
  return executions > runsWithAllCalls ? recentDays : days;
}

/** The first run that has calls; the runs are numbered from 0 by their start. */
export function firstRunWithCalls({ executions, callsDays }: SeedPlan): number {
  return Math.ceil(executions * (1 - Math.min(callsDays, days) / days));
}

/** The id of a run, from its number. */
export function runIdOf(seed: number, run: number): string {
  const digits = createHash("md5").update(`run-${seed}-${run}`).digest("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Numbers from `from` up to, without, `to`. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
}

/** The runs in pieces of at most `size`; no piece has both runs with and runs without calls. */
export function chunksOf(plan: SeedPlan, size: number): readonly Chunk[] {
  const edge = firstRunWithCalls(plan);
  return [...pieces({ from: 0, to: edge }, size), ...pieces({ from: edge, to: plan.executions }, size)];
}

function pieces({ from, to }: Chunk, size: number): readonly Chunk[] {
  return Array.from({ length: Math.ceil((to - from) / size) }, (_, index) => ({
    from: from + index * size,
    to: Math.min(to, from + (index + 1) * size),
  }));
}
