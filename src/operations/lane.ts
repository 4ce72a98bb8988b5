import { MetricsError } from "../errors.js";

export interface LaneLimits {
  /** How many are worked on at a time. */
  readonly running: number;
  /** How many may wait for their turn before newcomers are refused. */
  readonly waiting: number;
}

/** Work of one kind, a few pieces at a time and each in its turn, so that it takes nothing away from other kinds. */
export class Lane {
  readonly limits: LaneLimits;
  #running = 0;
  readonly #waiting = new Set<() => void>();

  constructor(limits: LaneLimits) {
    this.limits = limits;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Asked before the first piece of work for somebody, who is then not turned away half way.
   * @throws MetricsError `UNAVAILABLE` when as many wait as may
   */
  requireRoom(): void {
    if (this.#running < this.limits.running || this.#waiting.size < this.limits.waiting) return;
    throw new MetricsError(
      "UNAVAILABLE",
      `The server is busy: ${this.limits.waiting} requests of this kind wait already. Send the same request again later.`,
      { headers: { "retry-after": "1" } },
    );
  }

  /**
   * Does `work` when its turn comes.
   * @throws what `work` throws; the reason of `deadline` when that passes before
   */
  async run<T>(deadline: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.limits.running) this.#running += 1;
    else await this.#turn(deadline);
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next === undefined) this.#running -= 1;
      else next(); // who came first goes on in our place, and nobody overtakes
    }
  }

  #turn(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(begin);
        deadline.removeEventListener("abort", giveUp);
      };
      const begin = () => {
        leave();
        resolve();
      };
      const giveUp = () => {
        leave();
        reject(deadline.reason);
      };
      this.#waiting.add(begin);
      deadline.addEventListener("abort", giveUp);
    });
  }
}
