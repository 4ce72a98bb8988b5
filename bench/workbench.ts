import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { connectPostgres } from "../src/store/engine/connect.js";
import { migrate } from "../src/store/migration/migrations.js";
import { type Cluster, startCluster } from "../test/support/engines/postgres.cluster.js";
import { createDatabase, urlOf } from "../test/support/engines/postgres.databases.js";
import { launchProcess, type ServerProcess } from "../test/support/process.js";
import { loadData } from "./seed/load.js";
import type { SeedPlan } from "./seed/seed-plan.js";

/** A server as safe as one is by default, with memory and log for data of this size. */
const clusterSettings = { shared_buffers: "1GB", max_wal_size: "8GB", checkpoint_timeout: "15min" };
/** A report may take as long as it takes. */
const patient = { REQUEST_TIMEOUT_MS: "600000", STATEMENT_TIMEOUT_MS: "590000", LOG_LEVEL: "error" };

const serverWithoutDatabase = fileURLToPath(new URL("opponents/no-database.process.ts", import.meta.url));

/** How much is measured. */
export interface Scale {
  /** Minutes instead of an hour, with less data. */
  readonly quick: boolean;
  /** Ten million runs as well. */
  readonly large: boolean;
}

/** How much data a database holds. */
export type Size = Pick<SeedPlan, "executions" | "callsDays">;

/** What cases measure with. Everything that is made here is gone with `close`. */
export class Workbench {
  readonly scale: Scale;
  readonly seed = 1;
  /** The folder of PostgreSQL's programs. */
  readonly binaries: string;
  /** Tells somebody who waits what is going on. */
  readonly say: (sentence: string) => void;
  readonly #cluster: Cluster;
  readonly #databases = new Map<string, Promise<string>>();

  private constructor(scale: Scale, binaries: string, cluster: Cluster, say: (sentence: string) => void) {
    this.scale = scale;
    this.binaries = binaries;
    this.#cluster = cluster;
    this.say = say;
  }

  /** @param say is told what takes long */
  static async open(scale: Scale, binaries: string, say: (sentence: string) => void): Promise<Workbench> {
    return new Workbench(scale, binaries, await startCluster(binaries, clusterSettings), say);
  }

  close(): Promise<void> {
    return this.#cluster.stop();
  }

  /** One of two, by the scale. */
  choose<T>(choice: { readonly quick: T; readonly full: T }): T {
    return this.scale.quick ? choice.quick : choice.full;
  }

  /** The URL of a database of that size, made when it is first asked for; whoever asks for the same size shares it. */
  database({ executions, callsDays }: Size): Promise<string> {
    const name = `runs_${executions}_calls_${callsDays}`;
    const known = this.#databases.get(name) ?? this.#load(name, { executions, callsDays });
    this.#databases.set(name, known);
    return known;
  }

  async #load(name: string, size: Size): Promise<string> {
    await createDatabase(this.#cluster.url, name, "template0");
    const url = urlOf(this.#cluster.url, name);
    const store = await connectPostgres(url, {
      poolSize: 4,
      statementTimeoutMs: 0,
      connectTimeoutMs: 10_000,
    });
    try {
      await migrate(store.database, () => {});
      const plan = { ...size, seed: this.seed, until: new Date() };
      await loadData(store, plan, (stored) => this.#sayProgress(stored, size.executions));
    } finally {
      await store.close();
    }
    await this.withSql(url, (sql) => sql`vacuum analyze`.simple());
    await this.withSql(url, (sql) => sql`checkpoint`.simple());
    return url;
  }

  #sayProgress(stored: number, executions: number): void {
    const tenth = Math.max(1, Math.floor(executions / 10));
    if (stored % tenth === 0) this.say(`loaded ${stored} of ${executions} runs`);
  }

  /** Lends a connection by which statements are sent as somebody would by hand. */
  async withSql<T>(url: string, use: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    try {
      return await use(sql);
    } finally {
      await sql.end();
    }
  }

  /** Lends a server process on a database, when it is ready. */
  withServer<T>(url: string, use: (server: ServerProcess) => Promise<T>): Promise<T> {
    return lend(launchProcess({ ...patient, DATABASE_URL: url }), "/readyz", use);
  }

  /** Lends a server that reads and answers requests as ours does, and keeps nothing. */
  withoutDatabase<T>(use: (server: ServerProcess) => Promise<T>): Promise<T> {
    return lend(launchProcess({}, ["--import", "tsx", serverWithoutDatabase]), "/healthz", use);
  }
}

async function lend<T>(
  launched: Promise<ServerProcess>,
  readyPath: string,
  use: (server: ServerProcess) => Promise<T>,
): Promise<T> {
  const server = await launched;
  try {
    await untilReady(server, readyPath);
    return await use(server);
  } finally {
    await server.kill();
  }
}

const pollMs = 5;

/** @throws with the server's output, when it ends instead of getting ready */
export async function untilReady(server: ServerProcess, path: string): Promise<void> {
  let code: number | null | undefined;
  server.exited.then((ended) => {
    code = ended;
  });
  while ((await server.fetch(path).catch(() => undefined))?.status !== 200) {
    if (code !== undefined) throw new Error(`The server ended with code ${code}.\n${server.output()}`);
    await pause(pollMs);
  }
}
