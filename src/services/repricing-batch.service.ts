import { estimateOf } from "../domain/estimate.js";
import type { PriceBook } from "../domain/price.js";
import {
  type CostDifference,
  compare,
  noCounts,
  type Repriced,
  type Repricing,
  type RepricingCounts,
} from "../domain/repricing.js";
import { microsOf, usdOf } from "../domain/usd.js";
import * as attribution from "../store/attribution.repository.js";
import type { Database } from "../store/database.js";
import * as executions from "../store/execution.repository.js";
import type { CallRow, RunRow } from "../store/repricing.repository.js";
import * as repricings from "../store/repricing.repository.js";
import { holdExecutionsOf } from "./hold.service.js";

/** What a batch is done with. */
export interface BatchWork {
  readonly db: Database;
  readonly now: Date;
  readonly prices: PriceBook;
  /** Calls, or runs, at most. */
  readonly batchSize: number;
  /** Writes nothing and locks nothing. */
  readonly isDryRun: boolean;
  /** Runs of which a batch before found that their own total counts no more. */
  readonly outdone: ReadonlySet<string>;
}

/** What a batch found, and changed unless it was a dry run. */
export interface Batch {
  readonly counts: RepricingCounts;
  /** How far it got. */
  readonly place: Partial<Pick<Repricing, "lastSourceKey" | "lastExecutionId" | "finishedAt">>;
  readonly differences: readonly CostDifference[];
  /** Runs whose own total counts no more, because a call of theirs has a cost now. */
  readonly outdone: readonly string[];
}

/** Reprices the next calls of a pass; when there are none, the next runs; when there are none either, it is finished. */
export async function nextBatch(work: BatchWork, pass: Repricing): Promise<Batch> {
  const { db, batchSize, isDryRun } = work;
  const calls = await repricings.callsAfter(db, pass.lastSourceKey, batchSize);
  if (calls.length > 0) return repriceCalls(work, calls);
  const runs = await repricings.runsAfter(db, pass.lastExecutionId, batchSize, { locked: !isDryRun });
  if (runs.length > 0) return repriceRuns(work, runs);
  return batch({ finishedAt: work.now }, {});
}

async function repriceCalls(work: BatchWork, found: readonly CallRow[]): Promise<Batch> {
  const calls = work.isDryRun ? found : await holdCalls(work, found);
  const { repriced, unknownPriceCount } = compare(calls, (call) => work.prices.costOf(call));
  const changed = repriced.filter(({ isChanged }) => isChanged);
  const counting = changed.filter(({ row }) => row.reportedCostUsd === null);
  const outdone = await outdoneBy(work, counting);
  if (!work.isDryRun) await writeCalls(work, repriced, counting);
  const counts = {
    callCount: found.length,
    changedCallCount: changed.length,
    newlyPricedCallCount: changed.filter(({ row }) => row.computedCostUsd === null).length,
    unknownPriceCount,
  };
  const differences = [
    ...counting.map(({ row, micros }) => ({ model: row.model, micros })),
    ...outdone.flatMap(({ costUsd }) =>
      costUsd === null ? [] : { model: null, micros: -microsOf(costUsd) },
    ),
  ];
  const outdoneIds = outdone.map(({ id }) => id);
  return batch({ lastSourceKey: found.at(-1)?.sourceKey ?? null }, counts, differences, outdoneIds);
}

/** Holds the runs of calls and what the calls are attributed by, then the calls; answers what these are now. */
async function holdCalls({ db }: BatchWork, calls: readonly CallRow[]): Promise<readonly CallRow[]> {
  await holdExecutionsOf({ db }, calls);
  return repricings.lockCalls(
    db,
    calls.map(({ sourceKey }) => sourceKey),
  );
}

/** Runs that had no call with a cost and get one now, with what their own total cost. */
async function outdoneBy({ db, outdone }: BatchWork, counting: readonly Repriced<CallRow>[]) {
  const newlyPriced = counting.filter(({ row }) => row.computedCostUsd === null);
  const runs = await repricings.runsWithoutCallCosts(db, runIdsOf(newlyPriced));
  return runs.filter(({ id }) => !outdone.has(id));
}

async function writeCalls(
  { db }: BatchWork,
  repriced: readonly Repriced<CallRow>[],
  counting: readonly Repriced<CallRow>[],
): Promise<void> {
  await repricings.setCallCosts(
    db,
    repriced.map(({ row, computed }) => ({ sourceKey: row.sourceKey, ...computed })),
  );
  const touched = runIdsOf(counting);
  await executions.lockAll(db, touched); // a call may have moved to another one before it was held
  await attribution.refreshSums(db, touched);
}

async function repriceRuns(work: BatchWork, runs: readonly RunRow[]): Promise<Batch> {
  const { repriced, unknownPriceCount } = compare(runs, (run) => estimateOf(work.prices, run));
  const changed = repriced.filter(({ isChanged }) => isChanged);
  const counting = changed.filter(
    ({ row }) => row.reportedCostUsd === null && row.loggedCostUsd === null && !work.outdone.has(row.id),
  );
  if (!work.isDryRun) {
    const costs = repriced.map(({ row, computed }) => ({ id: row.id, ...computed }));
    await repricings.setEstimates(work.db, costs);
  }
  const counts = { executionCount: runs.length, changedExecutionCount: changed.length, unknownPriceCount };
  const differences = counting.map(({ row, micros }) => ({ model: row.llmModel, micros }));
  return batch({ lastExecutionId: runs.at(-1)?.id ?? null }, counts, differences);
}

const runIdsOf = (calls: readonly Repriced<CallRow>[]) => [
  ...new Set(calls.flatMap(({ row }) => row.wsExecutionId ?? [])),
];

function batch(
  place: Batch["place"],
  counts: Partial<RepricingCounts>,
  differences: readonly CostDifference[] = [],
  outdone: readonly string[] = [],
): Batch {
  const micros = differences.reduce((sum, difference) => sum + difference.micros, 0n);
  return { place, counts: { ...noCounts, ...counts, differenceUsd: usdOf(micros) }, differences, outdone };
}
