import { setTimeout as pause } from "node:timers/promises";
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
}

const writerCount = 8;
const warmUpReports = 40;
const reportsAfterwards = 60;
const patienceMs = 25_000;
/** No case may take longer. */
const limitMs = 60_000;

/** Runs one case in a scene of its own. */
export async function runCase(
  { needs = {}, fault }: FaultCase,
  { binaries, folder, seed }: { readonly binaries: string; readonly folder: string; readonly seed: number },
): Promise<CaseResult> {
  const begunAtMs = performance.now();
  const scene = await Scene.open(binaries, folder, new Random(seed), needs);
  try {
    const { ledger, latestAnswerMs, random } = scene;
    const writers = new Writers({
      seed,
      count: writerCount,
      urls: () => scene.urls(),
      latestAnswerMs,
      ledger,
      isTwice: needs.isTwice,
    });
    if (!(await writers.acknowledge(warmUpReports, patienceMs)))
      ledger.violate("nothing was acknowledged before the fault");
    await pause(random.between(100, 1_000));
    const fromMs = performance.now();
    await fault(scene);
    const healedAtMs = performance.now();
    if (!(await writers.acknowledge(reportsAfterwards, patienceMs)))
      ledger.violate("there was no recovery after the fault");
    if (!(await writers.finish(patienceMs))) ledger.violate("some reports were never acknowledged");
    const verdict = await judge((statement) => scene.primary.query(statement), ledger.acknowledged.values());
    const firstAfter = ledger.acknowledgedAtMs.find((at) => at > healedAtMs) ?? performance.now();
    const tookMs = performance.now() - begunAtMs;
    if (tookMs > limitMs) ledger.violate("the case took too long");
    return {
      ...verdict,
      acknowledged: ledger.acknowledged.size,
      unknown: ledger.unknown,
      longestGapMs: ledger.longestGapMs(fromMs),
      recoveryMs: firstAfter - healedAtMs,
      tookMs,
      violations: [...ledger.violations].map(([sentence, count]) => `${count} times: ${sentence}`),
    };
  } finally {
    await scene.close();
  }
}
