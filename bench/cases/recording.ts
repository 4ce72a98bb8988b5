import type { ServerProcess } from "../../test/support/process.js";
import type { Sample } from "../alternate.js";
import { makeLoad } from "../load.js";
import { recordPhaseScript } from "../opponents/one-statement.js";
import { pgbench } from "../opponents/pgbench.js";
import { eventsPerRequest, type RequestKind } from "../requests.js";
import { sum } from "../statistics.js";
import type { Workbench } from "../workbench.js";

/** Among how many runs phases are recorded. */
const executions = 100_000;

/** A contest in recording phases, all contestants on one database. */
export class Recording {
  readonly url: string;
  readonly rounds: number;
  readonly #bench: Workbench;
  readonly #seconds: number;

  private constructor(bench: Workbench, url: string) {
    this.#bench = bench;
    this.url = url;
    this.rounds = bench.choose({ quick: 2, full: 5 });
    this.#seconds = bench.choose({ quick: 2, full: 10 });
  }

  static async on(bench: Workbench): Promise<Recording> {
    return new Recording(bench, await bench.database({ executions, callsDays: 0 }));
  }

  /**
   * Events recorded by servers that share them evenly.
   * @throws when a request fails, or not every acknowledged event is stored
   */
  async recorded(servers: readonly ServerProcess[], what: RequestKind, connections: number): Promise<Sample> {
    const before = await this.#storedPhases();
    const sample = await this.requests(servers, what, connections);
    const stored = (await this.#storedPhases()) - before;
    const acknowledged = sample.tookMs.length * eventsOf(what);
    if (stored === acknowledged) return sample;
    throw new Error(`${acknowledged} events were acknowledged, and ${stored} stored.`);
  }

  /**
   * Requests of one kind, one after the other on each connection, to servers that share them evenly.
   * @throws when one is not answered with 200
   */
  async requests(servers: readonly ServerProcess[], what: RequestKind, connections: number): Promise<Sample> {
    const loads = await Promise.all(
      servers.map(({ url }) =>
        makeLoad({
          ...{ url, what, seed: this.#bench.seed, runs: executions, perSecond: 0 },
          ...{ connections: connections / servers.length, durationMs: this.#seconds * 1000 },
        }),
      ),
    );
    const failed = loads.flatMap(({ refused, others }) => [
      ...(refused.length > 0 ? [["refused", refused.length]] : []),
      ...others,
    ]);
    if (failed.length > 0)
      throw new Error(`Not every request was answered with 200: ${JSON.stringify(failed)}`);
    const tookMs = loads.flatMap(({ accepted }) => accepted);
    const perSecond = loads.map(
      ({ accepted, elapsedMs }) => (accepted.length * eventsOf(what) * 1_000) / elapsedMs,
    );
    return { perSecond: sum(perSecond), tookMs };
  }

  /** Lets a server get up to speed. */
  async warm(server: ServerProcess, what: RequestKind, connections: number): Promise<void> {
    await makeLoad({
      ...{ url: server.url, what, seed: this.#bench.seed, runs: executions, perSecond: 0, connections },
      durationMs: this.#bench.choose({ quick: 800, full: 4_000 }),
    });
  }

  /** The same change as one statement. */
  oneStatement(clients: number): Promise<Sample> {
    const { binaries, seed } = this.#bench;
    const script = recordPhaseScript(seed, executions);
    return pgbench({ binaries, url: this.url, clients, seconds: this.#seconds, script });
  }

  #storedPhases(): Promise<number> {
    return this.#bench.withSql(this.url, async (sql) => {
      const [row] = await sql<{ count: number }[]>`select count(*)::integer as count from ws_phases`;
      return row?.count ?? 0;
    });
  }
}

const eventsOf = (what: RequestKind) => (what === "events" ? eventsPerRequest : 1);
