import type { Clock } from "../domain/instant.js";
import type { PriceBook } from "../domain/price.js";
import { advanced, noCounts, type Repricing } from "../domain/repricing.js";
import { usdOf } from "../domain/usd.js";
import type { Store } from "../store/database.js";
import * as repricings from "../store/repricing.repository.js";
import { type Batch, nextBatch } from "./repricing-batch.service.js";

/** Calls, or runs, of one transaction: whoever writes to one of them waits no longer than that takes. */
const usualBatchSize = 500;

export interface RepricingParts {
  readonly store: Pick<Store, "read" | "write">;
  readonly prices: PriceBook;
  readonly clock: Clock;
  /** Only finds what would change. */
  readonly isDryRun?: boolean;
  readonly batchSize?: number;
  /** Is told before the first batch and after each how far the pass got. */
  readonly onProgress?: (pass: Repricing) => void;
}

/** What repricing did. */
export interface RepricingReport {
  /** The whole pass, whoever worked on it. */
  readonly pass: Repricing;
  /**
   * By how much the cost that counts was changed here, in USD, by model; under null by the totals of runs that count no
   * more, because a call of theirs has a cost now.
   */
  readonly differences: ReadonlyMap<string | null, number>;
}

/** A pass by other prices was begun, and changes what this one would have changed. */
export class RepricingSupersededError extends Error {
  override readonly name = "RepricingSupersededError";
}

/**
 * Computes the costs of all calls and the estimates of all runs anew, each by the price of its own time, batch by
 * batch. A pass that was interrupted goes on as long as the prices are the same; several processes share its batches.
 * @throws RepricingSupersededError
 */
export async function reprice(parts: RepricingParts): Promise<RepricingReport> {
  const { isDryRun = false, onProgress = () => {} } = parts;
  const { begin, next } = isDryRun ? foreseenPass(parts) : storedPass(parts);
  const outdone = new Set<string>();
  const differences = new Map<string | null, bigint>();
  let pass = await begin();
  onProgress(pass);
  while (pass.finishedAt === null) {
    const step = await next(pass, outdone);
    for (const id of step.batch?.outdone ?? []) outdone.add(id);
    for (const { model, micros } of step.batch?.differences ?? [])
      differences.set(model, (differences.get(model) ?? 0n) + micros);
    pass = step.pass;
    onProgress(pass);
  }
  return { pass, differences: new Map([...differences].map(([model, micros]) => [model, usdOf(micros)])) };
}

/** How a pass begins and goes on. */
interface PassSteps {
  readonly begin: () => Promise<Repricing>;
  /** @param outdone runs of which a batch before found that their own total counts no more */
  readonly next: (pass: Repricing, outdone: ReadonlySet<string>) => Promise<Step>;
}

/** A batch and the pass after it; without a batch somebody else finished the pass. */
interface Step {
  readonly pass: Repricing;
  readonly batch?: Batch;
}

/** A pass whose place is stored: each batch is one transaction, whoever takes it. */
function storedPass({ store, prices, clock, batchSize = usualBatchSize }: RepricingParts): PassSteps {
  return {
    begin: () => store.write((db) => repricings.begin(db, prices.version, clock())),
    next: ({ id }, outdone) =>
      store.write(async (db) => {
        const pass = await repricings.take(db, id);
        if (pass === undefined) {
          throw new RepricingSupersededError(
            `Another repricing was begun, by other prices than ${prices.version}. It goes over everything, so this one stops.`,
          );
        }
        if (pass.finishedAt !== null) return { pass };
        const work = { db, now: clock(), prices, batchSize, isDryRun: false, outdone };
        const batch = await nextBatch(work, pass);
        const after = { ...advanced(pass, batch.counts), ...batch.place };
        await repricings.save(db, after);
        return { pass: after, batch };
      }),
  };
}

/** A pass that stores nothing, not even itself. */
function foreseenPass({ store, prices, clock, batchSize = usualBatchSize }: RepricingParts): PassSteps {
  const place = { finishedAt: null, lastSourceKey: null, lastExecutionId: null };
  return {
    begin: async () => ({
      id: 0,
      priceVersion: prices.version,
      startedAt: clock(),
      ...place,
      ...noCounts,
    }),
    next: (pass, outdone) =>
      store.read(async (db) => {
        const work = { db, now: clock(), prices, batchSize, isDryRun: true, outdone };
        const batch = await nextBatch(work, pass);
        return { pass: { ...advanced(pass, batch.counts), ...batch.place }, batch };
      }),
  };
}
