import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { launchProcess, type ServerProcess } from "../support/process.js";
import { FaultProxy } from "./fault-proxy.js";
import { Ledger } from "./ledger.js";
import { PostgresNode } from "./postgres-node.js";
import type { Random } from "./random.js";
import { lastWords } from "./server-log.js";
import { SmallDisk } from "./small-disk.js";

/** What a case needs around it. */
export interface SceneNeeds {
  /** A second database server that the first one waits for before a commit is acknowledged. */
  readonly standby?: boolean;
  /** Who reports all the time; eight unless said otherwise. */
  readonly writers?: number;
  /** Servers of the product; one unless said otherwise. */
  readonly servers?: number;
  /** A proxy between writers and servers. */
  readonly front?: boolean;
  /** The database is on a disk that is soon full. */
  readonly smallDisk?: boolean;
  /** Every report is sent to two servers at once. */
  readonly isTwice?: boolean;
  /** What is run instead of the server as it was built. */
  readonly program?: (scene: Scene) => Promise<readonly string[]>;
  /** Environment of a server beside the address of its database. */
  readonly env?: (server: number) => Readonly<Record<string, string>>;
  /** Where servers find the database instead of behind the proxies. */
  readonly databaseUrl?: (scene: Scene) => Promise<string>;
}

const readyWithinMs = 20_000;
/** How much of what a server says is shown. */
const wordsOfEach = 5;
const requestTimeoutMs = 4_000;
/** Shorter limits than the usual ones, so that a case is over soon. */
const limits = {
  REQUEST_TIMEOUT_MS: String(requestTimeoutMs),
  STATEMENT_TIMEOUT_MS: "3000",
  CONNECT_TIMEOUT_MS: "1000",
  SHUTDOWN_TIMEOUT_MS: "4000",
};

/** Database servers, proxies and servers of the product, and what has to be undone afterwards. */
export class Scene {
  readonly ledger = new Ledger();
  readonly random: Random;
  readonly folder: string;
  readonly latestAnswerMs = requestTimeoutMs + 1_000;
  /** The servers of the database; the first is the primary at the beginning. */
  readonly nodes: PostgresNode[] = [];
  /** One in front of each database server. */
  readonly networks: FaultProxy[] = [];
  readonly servers: ServerProcess[] = [];
  /** One in front of each server, where the case needs them. */
  readonly fronts: FaultProxy[] = [];
  /** Whoever takes writes in the end. */
  primary: PostgresNode;
  readonly #needs: SceneNeeds;
  readonly #cleanups: (() => unknown)[] = [];
  readonly #launched: ServerProcess[] = [];
  readonly #expectedToEnd = new Set<ServerProcess>();
  databaseUrl = "";

  private constructor(
    primary: PostgresNode,
    folder: string,
    random: Random,
    needs: SceneNeeds,
    readonly disk?: SmallDisk,
  ) {
    this.primary = primary;
    this.folder = folder;
    this.random = random;
    this.#needs = needs;
  }

  /**
   * Starts all that a case needs; whoever opened it closes it.
   * @throws what did not start, after what did was ended
   */
  static async open(binaries: string, folder: string, random: Random, needs: SceneNeeds): Promise<Scene> {
    const disk = needs.smallDisk ? new SmallDisk(folder) : undefined;
    const primary = await PostgresNode.create(binaries, folder);
    const scene = new Scene(primary, folder, random, needs, disk);
    try {
      await scene.#build();
    } catch (error) {
      await scene.close();
      throw error;
    }
    return scene;
  }

  /** Where writers send what they have to tell. */
  urls(): readonly string[] {
    if (this.fronts.length > 0) return this.fronts.map(({ port }) => `http://127.0.0.1:${port}`);
    return this.servers.map(({ url }) => url);
  }

  /** Ends a server of the product as the case wants it; else its end is a fault of its own. */
  async end(server: ServerProcess, how: NodeJS.Signals): Promise<number | null> {
    this.#expectedToEnd.add(server);
    return server.kill(how);
  }

  /** Starts a server of the product, in the place of another one if that is named. */
  async startServer(place = this.servers.length, program?: readonly string[]): Promise<ServerProcess> {
    const port = this.servers[place] && new URL(this.servers[place].url).port;
    const server = await launchProcess(
      {
        ...this.#environment(this.databaseUrl),
        ...this.#needs.env?.(place),
        ...(port && { PORT: port }),
      },
      program,
    );
    this.servers[place] = server;
    this.cleanUp(() => server.kill("SIGKILL"));
    this.#watch(server);
    return server;
  }

  /** A server on another database, whom nobody reports to; it may not end by itself either. */
  async launchAside(databaseUrl: string): Promise<ServerProcess> {
    const server = await launchProcess(this.#environment(databaseUrl));
    this.cleanUp(() => this.end(server, "SIGKILL"));
    this.#watch(server);
    return server;
  }

  /** @throws what the server says when it is not ready in time */
  async untilReady(server: ServerProcess): Promise<void> {
    const deadlineMs = performance.now() + readyWithinMs;
    while ((await server.fetch("/readyz").catch(() => undefined))?.status !== 200) {
      if (performance.now() > deadlineMs) throw new Error(`a server is not ready: ${server.output()}`);
      await pause(50);
    }
  }

  /** What the servers had to say last. */
  log(): readonly string[] {
    return this.#launched.flatMap((server) => lastWords(server.output(), wordsOfEach));
  }

  /** What a case started is ended with the scene, the last thing first. */
  cleanUp(undo: () => unknown): void {
    this.#cleanups.push(undo);
  }

  /** Ends all of it. */
  async close(): Promise<void> {
    for (const server of this.servers) this.#expectedToEnd.add(server);
    for (const undo of this.#cleanups.reverse()) await undo();
    await Promise.all(this.nodes.map((node) => node.stop()));
    this.disk?.unmount();
  }

  /** What the servers used of the processors so far, in seconds. */
  cpuSeconds(): number {
    return this.servers.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0);
  }

  /** Adds a standby that commits on the primary wait for. */
  async addStandby(port?: number): Promise<PostgresNode> {
    const standby = await PostgresNode.standbyOf(this.primary, this.folder, port);
    this.nodes.push(standby);
    await standby.start();
    await this.primary.query("alter system set synchronous_standby_names = 'standby'");
    await this.primary.query("select pg_reload_conf()");
    for (;;) {
      const [row] = await this.primary.query<{ state: string }>(
        "select sync_state as state from pg_stat_replication",
      );
      if (row?.state === "sync") return standby;
      await pause(50);
    }
  }

  /** Makes a standby the primary, which waits for nobody then. */
  async promote(standby: PostgresNode): Promise<void> {
    await standby.promote();
    await standby.query("alter system reset synchronous_standby_names");
    await standby.query("select pg_reload_conf()");
    this.primary = standby;
  }

  /** The data folder is not used, but tells the janitor whose process it is. */
  #environment(databaseUrl: string): Readonly<Record<string, string>> {
    return { ...limits, LOG_LEVEL: "error", DATA_DIR: this.folder, DATABASE_URL: databaseUrl };
  }

  /** Notes it when a server ends that nobody wanted to end. */
  #watch(server: ServerProcess): void {
    this.#launched.push(server);
    void server.exited.then((code) => {
      if (this.#expectedToEnd.has(server)) return;
      const words = lastWords(server.output(), wordsOfEach).join("; ");
      this.ledger.violate(`a server ended by itself, with code ${code}: ${words}`);
    });
  }

  async #build(): Promise<void> {
    const { standby, servers = 1, front } = this.#needs;
    this.nodes.push(this.primary);
    await this.primary.start();
    if (standby) await this.addStandby();
    for (const { port } of this.nodes) {
      const network = await FaultProxy.open(port);
      this.cleanUp(() => network.cut());
      this.networks.push(network);
    }
    const hosts = this.networks.map(({ port }) => `127.0.0.1:${port}`).join(",");
    this.databaseUrl = (await this.#needs.databaseUrl?.(this)) ?? `postgres://postgres@${hosts}/postgres`;
    const program = await this.#needs.program?.(this);
    for (let place = 0; place < servers; place += 1) await this.startServer(place, program);
    for (const server of this.servers) {
      await this.untilReady(server);
      if (!front) continue;
      const proxy = await FaultProxy.open(Number(new URL(server.url).port));
      this.cleanUp(() => proxy.cut());
      this.fronts.push(proxy);
    }
  }
}

/** Hundredths of a second in user and system mode are fields 14 and 15; a process that has ended uses nothing. */
function cpuSecondsOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
