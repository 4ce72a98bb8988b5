import { setTimeout as pause } from "node:timers/promises";
import type { DatabaseServer } from "../../domain/database-url.js";
import { MetricsError, unavailable } from "../../errors.js";
import { isAway, isCrowded, translateFailure } from "../failure.js";
import { connectToPrimary, type PrimaryServer } from "./database-server.js";
import type { Pool, PostgresOptions, QueryListener } from "./driver.js";

/** After a search that found no primary, requests are refused for so long before the next one. */
const searchPauseMs = 250;
/** How long the first primary that answers waits for others: after a failover an old one may answer as well. */
const graceMs = 250;

/**
 * The connections to whichever of some PostgreSQL servers takes writes. They are given up, and the primary is searched
 * for anew, when it does not answer any more or has become a standby; until one is found every request fails at once.
 */
export class Primary {
  readonly #servers: readonly DatabaseServer[];
  readonly #options: PostgresOptions;
  readonly #listener: QueryListener | undefined;
  #current: PrimaryServer | undefined;
  #search: Promise<PrimaryServer> | undefined;
  #check: Promise<void> | undefined;
  #refusal: { readonly error: unknown; readonly untilMs: number } | undefined;
  #newestTimeline = 0;

  constructor(servers: readonly DatabaseServer[], options: PostgresOptions, listener?: QueryListener) {
    this.#servers = servers;
    this.#options = options;
    this.#listener = listener;
  }

  /**
   * The connections that were used last.
   * @throws MetricsError `UNAVAILABLE` while there are none
   */
  get latest(): Pool {
    if (this.#current === undefined) throw unavailable("No database server answers.");
    return this.#current.pool;
  }

  /**
   * Connections to the primary.
   * @throws MetricsError `UNAVAILABLE` when no server answers as one; whatever else a server refuses them with
   */
  async pool(): Promise<Pool> {
    if (this.#current !== undefined) return this.#current.pool;
    if (this.#refusal !== undefined && performance.now() < this.#refusal.untilMs) throw this.#refusal.error;
    this.#search ??= this.#find().finally(() => {
      this.#search = undefined;
    });
    return (await this.#search).pool;
  }

  /** Asks the server behind `pool` whether it still takes writes, and gives it up when it does not answer that. */
  suspect(pool: Pool): void {
    const current = this.#current;
    if (current?.pool !== pool) return;
    this.#check ??= this.#takesWrites(current)
      .then((takesWrites) => {
        if (takesWrites || this.#current !== current) return;
        this.#current = undefined;
        void pool.destroy();
      })
      .finally(() => {
        this.#check = undefined;
      });
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#search, this.#check]);
    await this.#current?.pool.close();
  }

  async #takesWrites({ server }: PrimaryServer): Promise<boolean> {
    try {
      const { pool } = await connectToPrimary(server, { ...this.#options, poolSize: 1 });
      void pool.destroy();
      return true;
    } catch (error) {
      const isThere = isCrowded(error) || !isAway(error); // who refuses a connection in words is there
      return isThere && !(error instanceof MetricsError);
    }
  }

  async #find(): Promise<PrimaryServer> {
    try {
      const found = await this.#newest();
      this.#newestTimeline = found.timeline;
      this.#current = found;
      return found;
    } catch (error) {
      this.#refusal = { error, untilMs: performance.now() + searchPauseMs };
      throw error;
    }
  }

  /**
   * The primary that took over last, of those that answer in time. One from before that is never gone back to, for
   * what was acknowledged since then is not there.
   */
  async #newest(): Promise<PrimaryServer> {
    const answered = await this.#answering();
    const [newest, ...others] = answered.toSorted((left, right) => right.timeline - left.timeline);
    for (const { pool } of others) void pool.destroy();
    if (newest === undefined) throw unavailable("No database server answers.");
    if (this.#servers.length === 1 || newest.timeline >= this.#newestTimeline) return newest;
    void newest.pool.destroy();
    throw unavailable("The primary does not answer; the one that answers was replaced by it.");
  }

  /** The primaries that answer about as fast as the first of them. */
  async #answering(): Promise<readonly PrimaryServer[]> {
    const answered: PrimaryServer[] = [];
    let isOver = false;
    const asked = this.#servers.map(async (server) => {
      const primary = await connectToPrimary(server, this.#options, this.#listener);
      if (isOver) return primary.pool.destroy();
      answered.push(primary);
    });
    await Promise.any(asked).catch(({ errors }: AggregateError) => {
      throw mostTelling(errors.map(translateFailure));
    });
    await Promise.race([Promise.allSettled(asked), pause(graceMs)]);
    isOver = true;
    return answered;
  }
}

/** What can only be mended by somebody is told before what may pass. */
function mostTelling(errors: readonly unknown[]): unknown {
  return errors.find((error) => !(error instanceof MetricsError)) ?? errors[0];
}
