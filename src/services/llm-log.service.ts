import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../domain/instant.js";
import type { LlmLog, LogCopy } from "../domain/llm-log.js";
import { changedStretches, type LoggedMinute, startOfMinute } from "../domain/logged-minute.js";
import { type LoggedRow, toLoggedCall } from "../domain/logged-row.js";
import type { PriceBook } from "../domain/price.js";
import { spellTable } from "../domain/sql-name.js";
import type { Limits } from "../limits.js";
import type { Store } from "../store/database.js";
import * as logs from "../store/llm-log.repository.js";
import * as copies from "../store/llm-log-copy.repository.js";
import { copyLoggedCalls } from "./llm-call.service.js";

/** How long after its start a row may still change, and is read again. */
const unsettledMs = 48 * 3_600_000;
/** Rows that are written at once: who writes to one of their runs waits no longer than that takes. */
const chunkRows = 500;
/** Chunks of the past between two looks at what is recent. */
const pastChunks = 10;
/** A turn is kept by writing; while there is nothing to write, so often. */
const keepTurnMs = 1_000;

export interface CopierParts {
  readonly store: Pick<Store, "read" | "write">;
  readonly log: LlmLog;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly prices: PriceBook;
  /** Ends a pass after the chunk it is at. */
  readonly stopping: AbortSignal;
  /** Told of every step. */
  readonly onProgress: (progress: CopyProgress) => void;
}

export interface CopyProgress {
  readonly copy: LogCopy;
  /** About how many rows were not read yet; null when they could not be counted. */
  readonly remaining: number | null;
}

/** What a pass found. */
export interface Pass {
  readonly isMine: boolean;
  /** Whether the log was read to its end; else there is more to do at once. */
  readonly isComplete: boolean;
}

/** The turn went to another instance, which goes on from where this one was. */
class TurnLost extends Error {}

/**
 * Copies the external log, in passes. Each looks at the rows of the last 48 hours, where anything may have changed, and
 * then reads on in the past, every row of it once. No transaction is ever open on the log, and instances take turns.
 */
export class LlmLogCopier {
  readonly #parts: CopierParts;
  readonly #turn: copies.Turn;
  #keptAt = 0;
  /** The recent minutes as they were when their rows were copied. */
  #copiedMinutes: readonly LoggedMinute[] | undefined;
  /** Where reading the past goes on; many rows can have started in the same instant. */
  #past: logs.Place | undefined;
  readonly #remaining: { past: number | null | undefined; recent: number } = { past: undefined, recent: 0 };

  constructor(parts: CopierParts) {
    this.#parts = parts;
    this.#turn = { log: spellTable(parts.log), holder: randomUUID() };
  }

  /** @throws what the database answers; the next pass goes on from there */
  async pass(): Promise<Pass> {
    const { store, clock, onProgress } = this.#parts;
    const now = clock();
    const taken = await store.read((db) => copies.takeTurn(db, this.#turn));
    if (taken === undefined) {
      const copy = await store.read((db) => copies.byLog(db, this.#turn.log));
      if (copy !== undefined) onProgress({ copy, remaining: null });
      return { isMine: false, isComplete: true };
    }
    try {
      return { isMine: true, isComplete: await this.#copy(taken, now) };
    } catch (error) {
      if (error instanceof TurnLost) return { isMine: false, isComplete: true };
      throw error;
    }
  }

  /** Lets another instance go on at once. */
  giveTurnBack(): Promise<void> {
    return this.#parts.store.read((db) => copies.giveTurnBack(db, this.#turn));
  }

  /** Answers whether the log was read to its end. */
  async #copy({ settledUntil }: LogCopy, now: Date): Promise<boolean> {
    if (settledUntil === null) this.#forget();
    const settling = startOfMinute(new Date(now.getTime() - unsettledMs));
    const past = { from: settledUntil ?? logs.calendar.from, before: settling };
    if (this.#remaining.past === undefined) this.#remaining.past = await this.#count(past);
    await this.#copyRecent(settling);
    if (!(await this.#copyPast(past))) return false;
    this.#remaining.past = 0;
    await this.#write([], { settledUntil: settling, asOf: now });
    return true;
  }

  /** Copies what changed since the last pass, as far as minutes tell. */
  async #copyRecent(from: Date): Promise<void> {
    const { store, log } = this.#parts;
    const copied = this.#copiedMinutes ?? (await store.read((db) => logs.copiedMinutes(db, from)));
    const minutes = await store.read((db) => logs.minutes(db, log, from));
    const stretches = changedStretches(minutes, copied);
    this.#remaining.recent = stretches.reduce((sum, { rowCount }) => sum + rowCount, 0);
    for (const stretch of stretches) {
      let place: logs.Place | undefined;
      do {
        const chunk = await this.#nextChunk(stretch, place);
        this.#remaining.recent -= chunk.size;
        await this.#write(chunk.different, { copied: chunk.newCount });
        place = placeAfter(chunk);
      } while (place !== undefined);
    }
    this.#copiedMinutes = minutes;
  }

  /** Copies a part of the past; answers whether that was the last one. */
  async #copyPast(past: logs.Span): Promise<boolean> {
    if (past.from >= past.before) return true;
    for (let chunks = 0; chunks < pastChunks; chunks += 1) {
      const chunk = await this.#nextChunk(past, this.#past);
      const place = placeAfter(chunk);
      this.#remaining.past &&= this.#remaining.past - chunk.size;
      await this.#write(chunk.different, {
        copied: chunk.newCount,
        ...(place && { settledUntil: new Date(place.startedAt) }),
      });
      this.#past = place;
      if (place === undefined) return true;
    }
    return false;
  }

  #nextChunk(span: logs.Span, after: logs.Place | undefined): Promise<logs.Chunk> {
    const { store, log, stopping } = this.#parts;
    stopping.throwIfAborted();
    return store.read((db) => logs.nextChunk(db, log, span, after, chunkRows));
  }

  /**
   * Copies rows and notes the progress in one transaction, as long as it is this instance's turn. Progress without rows
   * waits until there is more to note, or the turn would be lost.
   */
  async #write(rows: readonly LoggedRow[], progress: copies.Progress): Promise<void> {
    const { store, clock, limits, prices, stopping, onProgress } = this.#parts;
    const isNews = rows.length > 0 || progress.asOf !== undefined;
    if (!isNews && performance.now() < this.#keptAt + keepTurnMs) return;
    const calls = rows.map((row) => toLoggedCall(row, limits.identifierLength));
    const begunAt = performance.now();
    const copy = await store.write(async (db) => {
      const kept = await copies.advance(db, this.#turn, progress);
      if (kept === undefined) throw new TurnLost();
      await copyLoggedCalls({ db, now: clock(), limits, prices, deadline: stopping }, calls);
      return kept;
    });
    this.#keptAt = performance.now();
    onProgress({ copy, remaining: this.#rowsToRead() });
    // Half of the time belongs to those who write.
    if (rows.length === chunkRows) await pause(this.#keptAt - begunAt, undefined, { signal: stopping });
  }

  /** Null when it takes too long to find out. */
  async #count(span: logs.Span): Promise<number | null> {
    const { store, log } = this.#parts;
    return store.read((db) => logs.count(db, log, span)).catch(() => null);
  }

  #rowsToRead(): number | null {
    const { past, recent } = this.#remaining;
    return typeof past === "number" ? Math.max(0, past + recent) : null;
  }

  /** A log whose copy begins anew: what was copied before may be gone. */
  #forget(): void {
    this.#copiedMinutes = undefined;
    this.#past = undefined;
  }
}

/** Where reading goes on; undefined at the end. */
const placeAfter = ({ size, last }: logs.Chunk) => (size < chunkRows ? undefined : last);
