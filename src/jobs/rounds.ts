import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { reasonOf } from "./reason.js";

/** After each failure the pause is doubled, up to this. */
const longestPauseMs = 30_000;

/** What is done in rounds, and what the log says about it. */
export interface RoundsParts {
  readonly logger: Logger;
  /** Between two rounds when nothing is left to do, in milliseconds. */
  readonly pauseMs: number;
  /** Does what there is to do, or a part of it; resolves to whether nothing is left. */
  readonly round: () => Promise<boolean>;
  /** Told after a round whether nothing is left; not after one that failed. */
  readonly onSuccess?: (isComplete: boolean) => void;
  /** That rounds fail; the reason follows. */
  readonly failing: string;
  /** That they succeed again. */
  readonly recovered: string;
}

/** Work that goes on in the background, round after round; whatever fails is tried again, and takes nothing else down. */
export class Rounds {
  readonly #parts: RoundsParts;
  readonly #stopping: AbortController;
  #running: Promise<void> = Promise.resolve();
  #failure: string | undefined;

  /** @param stopping for work that also looks by itself whether it is to stop */
  constructor(parts: RoundsParts, stopping = new AbortController()) {
    this.#parts = parts;
    this.#stopping = stopping;
  }

  /** Whether the last round failed. */
  get isFailing(): boolean {
    return this.#failure !== undefined;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when the round it is at is over. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { pauseMs, round } = this.#parts;
    let failures = 0;
    while (!signal.aborted) {
      const isComplete = await round().then(
        (nothingIsLeft) => {
          failures = 0;
          this.#noteSuccess(nothingIsLeft);
          return nothingIsLeft;
        },
        (error: unknown) => {
          failures += 1;
          if (!signal.aborted) this.#noteFailure(error);
          return true;
        },
      );
      const restMs = isComplete ? Math.min(pauseMs * 2 ** failures, longestPauseMs) : 0;
      await pause(restMs, undefined, { signal }).catch(() => {});
    }
  }

  #noteSuccess(isComplete: boolean): void {
    const { logger, recovered, onSuccess } = this.#parts;
    if (this.isFailing) logger.info(recovered);
    this.#failure = undefined;
    onSuccess?.(isComplete);
  }

  #noteFailure(error: unknown): void {
    const { logger, failing } = this.#parts;
    const reason = reasonOf(error);
    if (reason !== this.#failure) logger.error(`${failing} ${reason}`);
    this.#failure = reason;
  }
}
