import { type MetricsError, unavailable } from "../errors.js";

/** How much a lane takes. */
export interface LaneLimits {
  /** How many are worked on at a time. */
  readonly running: number;
  /** How many may wait for their turn before newcomers are refused. */
  readonly waiting: number;
}

/** How long newcomers should have to wait at most, in milliseconds. */
const longestWaitMs = 400;
/** When they would have to wait longer for so long, they are refused, until nobody waits any more: a burst may pass. */
const burstMs = 1_000;
/** How much the latest turn counts for how fast turns come. */
const weightOfLatest = 1 / 16;

/** Work of one kind, a few pieces at a time and each in its turn, so that it takes nothing away from other kinds. */
export class Lane {
  readonly limits: LaneLimits;
  #running = 0;
  /** Who waits to begin something, in the order they came, and since when. */
  readonly #newcomers = new Map<() => void, number>();
  /** Who waits to begin something that is done for many at once, and since when. */
  readonly #gathered = new Map<symbol, number>();
  /** Who waits to go on with what they began; they come first. */
  readonly #continuing = new Map<() => void, number>();
  /** From one newcomer's turn to the next one's while there are some, in milliseconds. */
  #intervalMs = 0;
  #lastTurnMs: number | undefined;
  /** Since when newcomers would have to wait for too long. */
  #crowdedSinceMs: number | undefined;
  /** Made once, for there will be many of them when there is no time to lose. */
  readonly #refusal: MetricsError;

  constructor(limits: LaneLimits) {
    this.limits = limits;
    this.#refusal = unavailable(
      `The server is busy: as many requests of this kind wait as may (${limits.waiting}), or for too long. Send the same request again later.`,
    );
  }

  /** How many are worked on. */
  get running(): number {
    return this.#running;
  }

  /** How many wait, to begin or to go on. */
  get waiting(): number {
    return this.#ahead + this.#continuing.size;
  }

  /** How many wait to begin: a newcomer comes after them. */
  get #ahead(): number {
    return this.#newcomers.size + this.#gathered.size;
  }

  /** Whether newcomers are taken. */
  get hasRoom(): boolean {
    const { running, waiting } = this.limits;
    const ahead = this.#ahead;
    if (this.#running < running || ahead < Math.min(running, waiting)) return true;
    if (ahead >= waiting) return false;
    if (this.#waitMs < longestWaitMs) return true;
    const now = performance.now();
    this.#crowdedSinceMs ??= now;
    return now - this.#crowdedSinceMs < burstMs;
  }

  /**
   * Asked before the first piece of work for somebody, who is then not turned away half way.
   * @throws MetricsError `UNAVAILABLE` when too many wait, or too long
   */
  requireRoom(): void {
    if (!this.hasRoom) throw this.#refusal;
  }

  /**
   * Does `work` when its turn comes.
   * @param isContinued whether it goes on with something that was begun: then it comes before what is new
   * @throws what `work` throws; the reason of `deadline` when that passes before
   */
  async run<T>(deadline: AbortSignal | undefined, work: () => Promise<T>, isContinued = false): Promise<T> {
    if (this.#running < this.limits.running) this.#running += 1;
    else await this.#turn(deadline, isContinued ? this.#continuing : this.#newcomers);
    try {
      return await work();
    } finally {
      this.#yield();
    }
  }

  /** Notes that somebody waits whose work will be done along with that of others; it is over when they say so. */
  wait(): () => void {
    const place = Symbol();
    this.#gathered.set(place, performance.now());
    return () => {
      if (this.#gathered.delete(place)) this.#noteTurn();
    };
  }

  /** How long a newcomer would wait: as long as the next in turn did already, or until those ahead had theirs. */
  get #waitMs(): number {
    const now = performance.now();
    const [newcomerMs = now] = this.#newcomers.values();
    const [gatheredMs = now] = this.#gathered.values();
    return Math.max(now - Math.min(newcomerMs, gatheredMs), this.#ahead * this.#intervalMs);
  }

  #turn(deadline: AbortSignal | undefined, queue: Map<() => void, number>): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.delete(begin);
        deadline?.removeEventListener("abort", giveUp);
      };
      const begin = () => {
        leave();
        resolve();
      };
      const giveUp = () => {
        leave();
        reject(deadline?.reason);
      };
      queue.set(begin, performance.now());
      deadline?.addEventListener("abort", giveUp);
    });
  }

  /** Lets whoever is next go on in our place, so that nobody overtakes. */
  #yield(): void {
    const [continued] = this.#continuing.keys();
    const [newcomer] = this.#newcomers.keys();
    if (continued === undefined) this.#noteTurn();
    const next = continued ?? newcomer;
    if (next === undefined) this.#running -= 1;
    else next();
  }

  /** Learns how fast turns come while somebody waits for one. */
  #noteTurn(): void {
    const isAwaited = this.#ahead > 0;
    if (!isAwaited) this.#crowdedSinceMs = undefined;
    const now = isAwaited ? performance.now() : undefined;
    if (now !== undefined && this.#lastTurnMs !== undefined)
      this.#intervalMs += (now - this.#lastTurnMs - this.#intervalMs) * weightOfLatest;
    this.#lastTurnMs = now;
  }
}
