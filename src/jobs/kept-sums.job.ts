import type { Logger } from "pino";
import { foldSums, tidySums } from "../services/kept-sums.service.js";
import type { Store } from "../store/database.js";
import { Rounds } from "./rounds.js";

/** Between two folds that leave nothing waiting. */
const pauseMs = 1_000;
/** Changes of one fold. */
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
  readonly #store: KeptSumsJobParts["store"];
  readonly #rounds: Rounds;
  #foldedCount = 0;

  constructor({ store, logger }: KeptSumsJobParts) {
    this.#store = store;
    this.#rounds = new Rounds({
      ...{ logger, pauseMs, round: () => this.#fold() },
      failing: "The kept sums cannot be brought up to date; trying again. Reports stay right.",
      recovered: "The kept sums are brought up to date again.",
    });
  }

  start(): void {
    this.#rounds.start();
  }

  /** Resolves when the fold it is at is done. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #fold(): Promise<boolean> {
    const count = await foldSums(this.#store, batchSize);
    this.#foldedCount += count;
    if (this.#foldedCount >= tidyAfter) {
      await tidySums(this.#store);
      this.#foldedCount = 0;
    }
    return count < batchSize;
  }
}
