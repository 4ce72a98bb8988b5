import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { LlmLogStatus } from "../domain/llm-log.js";
import { type CopierParts, type CopyProgress, LlmLogCopier } from "../services/llm-log.service.js";
import { reasonOf } from "./reason.js";

/** Between two passes: what is logged is copied within this and the time of two passes, 5 s in all. */
const pauseMs = 1_500;
/** After each failure the pause is doubled, up to this. */
const longestPauseMs = 30_000;
/** Between two lines of progress in the log. */
const reportMs = 5_000;
/** A copy that is no older than this is up to date, whichever instance makes it. */
const freshMs = 15_000;

export type LlmLogJobParts = Omit<CopierParts, "stopping" | "onProgress"> & {
  readonly logger: Logger;
};

/** Copies the external log in the background; whatever fails is tried again, and takes nothing else down. */
export class LlmLogJob {
  readonly #parts: LlmLogJobParts;
  readonly #copier: LlmLogCopier;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #progress: CopyProgress | undefined;
  #failure: string | undefined;
  #reportedAt = performance.now();
  #isEndReported = false;

  constructor(parts: LlmLogJobParts) {
    this.#parts = parts;
    this.#copier = new LlmLogCopier({
      ...parts,
      stopping: this.#stopping.signal,
      onProgress: (progress) => this.#noteProgress(progress),
    });
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when the chunk it is at is written, and another instance may go on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  status(): LlmLogStatus {
    const { copy, remaining = null } = this.#progress ?? {};
    const age = this.#parts.clock().getTime() - (copy?.asOf?.getTime() ?? Number.NEGATIVE_INFINITY);
    const state = this.#failure !== undefined ? "failing" : age < freshMs ? "current" : "copying";
    return { state, copied: copy?.copiedCount ?? 0, remaining, asOf: copy?.asOf ?? null };
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      const { isComplete } = await this.#copier.pass().then(
        (pass) => {
          failures = 0;
          this.#noteSuccess(pass.isComplete);
          return pass;
        },
        (error: unknown) => {
          failures += 1;
          if (!signal.aborted) this.#noteFailure(error);
          return { isComplete: true };
        },
      );
      const restMs = isComplete ? Math.min(pauseMs * 2 ** failures, longestPauseMs) : 0;
      await pause(restMs, undefined, { signal }).catch(() => {});
    }
    await this.#copier.giveTurnBack().catch(() => {});
  }

  #noteProgress(progress: CopyProgress): void {
    this.#progress = progress;
    const { copy, remaining } = progress;
    if (!remaining || performance.now() < this.#reportedAt + reportMs) return;
    this.#reportedAt = performance.now();
    this.#isEndReported = false;
    this.#parts.logger.info(
      `Copying the LLM log: ${copy.copiedCount} calls are copied, ${remaining} rows are to be read.`,
    );
  }

  #noteSuccess(isComplete: boolean): void {
    const { logger } = this.#parts;
    if (this.#failure !== undefined) logger.info("The LLM log is copied again.");
    this.#failure = undefined;
    const { asOf, copiedCount } = this.#progress?.copy ?? {};
    if (!isComplete || !asOf || this.#isEndReported) return;
    this.#isEndReported = true;
    logger.info(`The LLM log is copied as of ${asOf.toISOString()}: ${copiedCount} calls.`);
  }

  #noteFailure(error: unknown): void {
    const reason = reasonOf(error);
    if (reason !== this.#failure)
      this.#parts.logger.error(`The LLM log cannot be copied; trying again. ${reason}`);
    this.#failure = reason;
  }
}
