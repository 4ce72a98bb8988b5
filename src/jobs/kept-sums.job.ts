import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { foldSums, tidySums } from "../services/kept-sums.service.js";
import type { Store } from "../store/database.js";
import { reasonOf } from "./reason.js";

/** Between two folds that leave nothing waiting. */
const pauseMs = 1_000;
/** After each failure the pause is doubled, up to this. */
const longestPauseMs = 30_000;
/** Changes of one transaction. */
const batchSize = 10_000;
/** After so many folded changes the room they took is freed. */
const tidyAfter = 20_000;

interface KeptSumsJobParts {
  readonly store: Pick<Store, "write" | "database">;
  readonly logger: Logger;
}

/**
 * Folds waiting changes into the kept sums in the background. Reports are right without it as well, only slower the
 * more is waiting. Any number of servers may run it.
 */
export class KeptSumsJob {
  readonly #parts: KeptSumsJobParts;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #foldedCount = 0;
  #failure: string | undefined;

  constructor(parts: KeptSumsJobParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when the fold it is at is done. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      const count = await this.#fold().then(
        (folded) => {
          failures = 0;
          this.#noteSuccess();
          return folded;
        },
        (error: unknown) => {
          failures += 1;
          if (!signal.aborted) this.#noteFailure(error);
          return 0;
        },
      );
      const restMs = count < batchSize ? Math.min(pauseMs * 2 ** failures, longestPauseMs) : 0;
      await pause(restMs, undefined, { signal }).catch(() => {});
    }
  }

  async #fold(): Promise<number> {
    const { store } = this.#parts;
    const count = await foldSums(store, batchSize);
    this.#foldedCount += count;
    if (this.#foldedCount >= tidyAfter) {
      await tidySums(store);
      this.#foldedCount = 0;
    }
    return count;
  }

  #noteSuccess(): void {
    if (this.#failure !== undefined) this.#parts.logger.info("The kept sums are brought up to date again.");
    this.#failure = undefined;
  }

  #noteFailure(error: unknown): void {
    const reason = reasonOf(error);
    if (reason !== this.#failure)
      this.#parts.logger.error(
        `The kept sums cannot be brought up to date; trying again. Reports stay right. ${reason}`,
      );
    this.#failure = reason;
  }
}
