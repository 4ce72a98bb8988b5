import { setTimeout as pause } from "node:timers/promises";
import { Ledger } from "./ledger.js";
import { Random } from "./random.js";
import { Scene, type SceneNeeds } from "./scene.js";
import { judge, type Verdict } from "./verdict.js";
import { Writers } from "./writers.js";

/** A fault, and what it needs around it. */
export interface FaultCase {
  readonly name: string;
  /** What happens, in words. */
  readonly sentence: string;
  /** Whether it is part of the short form. */
  readonly isShort?: boolean;
  readonly needs?: SceneNeeds;
  /** How long it may take at most, in milliseconds; a minute unless told. */
  readonly limitMs?: number;
  /** Why the case cannot be run on this machine; undefined when it can. */
  readonly missing?: () => string | undefined;
  /** Injects the fault while writers report, and heals it. */
  readonly fault: (scene: Scene) => Promise<void>;
}

/** How a case went. */
export interface CaseResult extends Verdict {
  readonly acknowledged: number;
  /** Requests whose outcome was unknown at first. */
  readonly unknown: number;
  readonly longestGapMs: number;
  /** From the moment that the fault was healed to the first acknowledgement. */
  readonly recoveryMs: number;
  readonly tookMs: number;
  readonly violations: readonly string[];
  /** What the servers had to say last. */
  readonly log: readonly string[];
}

const writerCount = 8;
const warmUpReports = 40;
const reportsAfterwards = 60;
const patienceMs = 25_000;
const nothingKnown: Verdict = { lost: [], doubled: [], broken: [] };
/** Where and with what a case is run. */
export interface CaseFrame {
  readonly binaries: string;
  readonly folder: string;
  readonly seed: number;
}

/** Runs one case in a scene of its own; whatever goes wrong, also around the fault, is a result. */
export async function runCase(one: FaultCase, { binaries, folder, seed }: CaseFrame): Promise<CaseResult> {
  const begunAtMs = performance.now();
  const { needs = {}, limitMs = 60_000 } = one;
  const scene = await Scene.open(binaries, folder, new Random(seed), needs);
  const { ledger, latestAnswerMs } = scene;
  const urls = () => scene.urls();
  const plan = {
    seed,
    count: needs.writers ?? writerCount,
    urls,
    latestAnswerMs,
    ledger,
    isTwice: needs.isTwice,
  };
  const writers = new Writers(plan);
  try {
    const result = await Promise.race([
      injured(one, scene, writers, begunAtMs),
      tooLate(ledger, begunAtMs, limitMs),
    ]);
    return { ...result, log: scene.log() };
  } catch (error) {
    return { ...notCarriedOut(error, ledger, begunAtMs), log: scene.log() };
  } finally {
    await Promise.all([writers.finish(0), scene.close()]);
  }
}

/** Lets writers report before, during and after the fault, and judges what became of it. */
async function injured(
  { fault }: FaultCase,
  scene: Scene,
  writers: Writers,
  begunAtMs: number,
): Promise<CaseResult> {
  const { ledger, random } = scene;
  if (!(await writers.acknowledge(warmUpReports, patienceMs)))
    ledger.violate("nothing was acknowledged before the fault");
  await pause(random.between(100, 1_000));
  const fromMs = performance.now();
  await fault(scene);
  const healedAtMs = performance.now();
  if (!(await writers.acknowledge(reportsAfterwards, patienceMs)))
    ledger.violate("there was no recovery after the fault");
  if (!(await writers.finish(patienceMs))) ledger.violate("some reports were never acknowledged");
  const verdict = await judge((statement) => scene.primary.query(statement), ledger);
  return resultOf(ledger, verdict, { begunAtMs, fromMs, healedAtMs });
}

/** The end of a case that hangs. */
async function tooLate(ledger: Ledger, begunAtMs: number, limitMs: number): Promise<CaseResult> {
  await pause(limitMs - (performance.now() - begunAtMs), undefined, { ref: false });
  ledger.violate(`the case was not over after ${limitMs / 1_000} s`);
  return resultOf(ledger, nothingKnown, { begunAtMs });
}

/** The result of a case that could not be carried out to its end. */
export function notCarriedOut(
  error: unknown,
  ledger = new Ledger(),
  begunAtMs = performance.now(),
): CaseResult {
  const reason = error instanceof Error ? error.stack : String(error);
  ledger.violate(`the case could not be carried out: ${reason}`);
  return resultOf(ledger, nothingKnown, { begunAtMs });
}

interface Moments {
  readonly begunAtMs: number;
  /** When the fault was injected and healed; the end, where it never came to that. */
  readonly fromMs?: number;
  readonly healedAtMs?: number;
}

function resultOf(ledger: Ledger, verdict: Verdict, moments: Moments): CaseResult {
  const now = performance.now();
  const { begunAtMs, fromMs = now, healedAtMs = now } = moments;
  const firstAfter = ledger.acknowledgedAtMs.find((at) => at > healedAtMs) ?? now;
  return {
    ...verdict,
    acknowledged: ledger.acknowledged.size,
    unknown: ledger.unknown,
    longestGapMs: ledger.longestGapMs(fromMs),
    recoveryMs: firstAfter - healedAtMs,
    tookMs: now - begunAtMs,
    violations: [...ledger.violations].map(([sentence, count]) => `${count} times: ${sentence}`),
    log: [],
  };
}
