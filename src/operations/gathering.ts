import { MetricsError } from "../errors.js";
import type { UnitOfWork } from "../services/unit-of-work.js";
import type { Lane } from "./lane.js";

/** Work that can be done for many requests at once, in one transaction. */
export interface Joint<Item, Result> {
  readonly kind: "read" | "write";
  /**
   * Does it for several requests, waiting for nobody else; answers each, in their order: its result, or undefined for
   * one that has to be done by itself, because it is refused or somebody else is in its way.
   */
  run(work: UnitOfWork, items: readonly Item[]): Promise<readonly (Result | undefined)[]>;
}

/** Has one item done along with those of other requests; undefined when it has to be done by itself. */
export type Gather = <Item, Result>(joint: Joint<Item, Result>, item: Item) => Promise<Result | undefined>;

/** So many pieces of joint work go on at once: while the database does one, the next is read and the last answered. */
const atOnce = 2;
/** So many items are taken at once; more would let the first of them wait for the last. */
const most = 100;
/** When a piece of joint work takes longer, the next one does not wait for it: its connection may be dead. */
const slowMs = 250;

interface Waiting<Item, Result> {
  readonly item: Item;
  /** Says that its turn came. */
  readonly leave: () => void;
  readonly resolve: (result: Result | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers items that come while others are worked on, and does them together: commits, not rows, are what costs.
 * Nobody waits for company: what comes alone is done at once.
 */
export class Gathering<Item, Result> {
  readonly #lane: Lane;
  readonly #perform: (items: readonly Item[]) => Promise<readonly (Result | undefined)[]>;
  readonly #waiting = new Set<Waiting<Item, Result>>();
  #running = 0;
  #isStarting = false;

  /** @param perform does several items in one transaction, and answers after its commit */
  constructor(lane: Lane, perform: (items: readonly Item[]) => Promise<readonly (Result | undefined)[]>) {
    this.#lane = lane;
    this.#perform = perform;
  }

  /**
   * Has an item done when its turn comes; undefined when it has to be done by itself.
   * @throws MetricsError `UNAVAILABLE`; the reason of `deadline` when that passes before its turn
   */
  add(deadline: AbortSignal, item: Item): Promise<Result | undefined> {
    let giveUp = () => {};
    return new Promise<Result | undefined>((resolve, reject) => {
      const waiting = { item, leave: this.#lane.wait(), resolve, reject };
      this.#waiting.add(waiting);
      giveUp = () => {
        if (!this.#waiting.delete(waiting)) return; // its turn came, and it is answered by what becomes of it
        waiting.leave();
        reject(deadline.reason);
      };
      deadline.addEventListener("abort", giveUp);
      this.#start();
    }).finally(() => deadline.removeEventListener("abort", giveUp));
  }

  /** Begins, after everything that arrived together with the first was read. */
  #start(): void {
    if (this.#isStarting || this.#running === atOnce || this.#waiting.size === 0) return;
    this.#isStarting = true;
    setImmediate(() => {
      this.#isStarting = false;
      this.#running += 1;
      const next = onlyOnce(() => {
        clearTimeout(timer);
        this.#running -= 1;
        this.#start();
      });
      const timer = setTimeout(next, slowMs);
      void this.#lane.run(undefined, () => this.#work(this.#take()), true).finally(next);
    });
  }

  #take(): readonly Waiting<Item, Result>[] {
    const taken = [...this.#waiting].slice(0, most);
    for (const waiting of taken) {
      this.#waiting.delete(waiting);
      waiting.leave();
    }
    return taken;
  }

  /** Settles everything taken; when one item fails all, each has to be done by itself and fail alone. */
  async #work(taken: readonly Waiting<Item, Result>[]): Promise<void> {
    if (taken.length === 0) return;
    try {
      const results = await this.#perform(taken.map(({ item }) => item));
      for (const [index, { resolve }] of taken.entries()) resolve(results[index]);
    } catch (error) {
      const isOfAll = error instanceof MetricsError && error.code === "UNAVAILABLE";
      for (const { resolve, reject } of taken) {
        if (isOfAll) reject(error);
        else resolve(undefined);
      }
    }
  }
}

function onlyOnce(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}
