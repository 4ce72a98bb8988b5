import type { Logger } from "pino";
import type { LlmLogStatus } from "../domain/llm-log.js";
import { type CopierParts, type CopyProgress, LlmLogCopier } from "../services/llm-log.service.js";
import { Rounds } from "./rounds.js";

/** Between two passes: what is logged is copied within this and the time of two passes, 5 s in all. */
const pauseMs = 1_500;
/** Between two lines of progress in the log. */
const reportMs = 5_000;
/** A copy that is no older than this is up to date, whichever instance makes it. */
const freshMs = 15_000;

/** What the copy takes. */
export type LlmLogJobParts = Omit<CopierParts, "stopping" | "onProgress"> & {
  readonly logger: Logger;
};

/** Copies the external log in the background. */
export class LlmLogJob {
  readonly #parts: LlmLogJobParts;
  readonly #copier: LlmLogCopier;
  readonly #rounds: Rounds;
  #progress: CopyProgress | undefined;
  #reportedAt = performance.now();
  #isEndReported = false;

  constructor(parts: LlmLogJobParts) {
    this.#parts = parts;
    const stopping = new AbortController();
    this.#copier = new LlmLogCopier({
      ...parts,
      stopping: stopping.signal,
      onProgress: (progress) => this.#noteProgress(progress),
    });
    this.#rounds = new Rounds(
      {
        ...{ logger: parts.logger, pauseMs },
        round: async () => (await this.#copier.pass()).isComplete,
        onSuccess: (isComplete) => this.#noteSuccess(isComplete),
        failing: "The LLM log cannot be copied; trying again.",
        recovered: "The LLM log is copied again.",
      },
      stopping,
    );
  }

  start(): void {
    this.#rounds.start();
  }

  /** Resolves when the chunk it is at is written, and another instance may go on. */
  async stop(): Promise<void> {
    await this.#rounds.stop();
    await this.#copier.giveTurnBack().catch(() => {});
  }

  /** How far the copy is, as of now. */
  status(): LlmLogStatus {
    const { copy, remaining = null } = this.#progress ?? {};
    const age = this.#parts.clock().getTime() - (copy?.asOf?.getTime() ?? Number.NEGATIVE_INFINITY);
    const state = this.#rounds.isFailing ? "failing" : age < freshMs ? "current" : "copying";
    return { state, copied: copy?.copiedCount ?? 0, remaining, asOf: copy?.asOf ?? null };
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
    const { asOf, copiedCount } = this.#progress?.copy ?? {};
    if (!isComplete || !asOf || this.#isEndReported) return;
    this.#isEndReported = true;
    this.#parts.logger.info(`The LLM log is copied as of ${asOf.toISOString()}: ${copiedCount} calls.`);
  }
}
