import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import { freePort, unprivilegedUser } from "../support/engines/postgres.cluster.js";

const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  wal_keep_size: "256MB",
  wal_sender_timeout: "10s",
  shared_buffers: "32MB",
  max_wal_size: "128MB",
  checkpoint_timeout: "10min",
};

/** Ends the server, frozen or not, when whoever holds the other end of standard input is gone. */
const guard = `
exec 3<&0
"$@" & server=$!
(cat <&3 >/dev/null; all="$server $(ps -o pid= --ppid $server)"; kill -CONT $all; kill -QUIT $server) 2>/dev/null &
wait $server
`;

const run = promisify(execFile);
let made = 0;

/** One PostgreSQL server, durable as it is by default, that can be hurt. */
export class PostgresNode {
  readonly port: number;
  readonly #binaries: string;
  readonly #data: string;
  readonly #user = unprivilegedUser();
  #server: ChildProcess | undefined;

  private constructor(binaries: string, folder: string, port: number) {
    this.#binaries = binaries;
    this.#data = join(folder, `node-${port}-${made++}`); // one may take the place and port of another
    this.port = port;
    mkdirSync(folder, { recursive: true });
    if (this.#user) chownSync(folder, this.#user.uid, this.#user.gid);
  }

  /** An empty server in a folder of its own below `folder`, not started. */
  static async create(binaries: string, folder: string): Promise<PostgresNode> {
    const node = new PostgresNode(binaries, folder, await freePort());
    await node.#run("initdb", [
      "-D",
      node.#data,
      "-U",
      "postgres",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale=C",
      "--no-sync",
    ]);
    return node;
  }

  /** A standby of `primary`, not started; on `port` when it takes somebody's place. */
  static async standbyOf(primary: PostgresNode, folder: string, port?: number): Promise<PostgresNode> {
    const node = new PostgresNode(primary.#binaries, folder, port ?? (await freePort()));
    const from = `host=127.0.0.1 port=${primary.port} user=postgres application_name=standby`;
    await node.#run("pg_basebackup", ["-D", node.#data, "-d", from, "-R", "-c", "fast", "--no-sync"]);
    return node;
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const options = Object.entries({ ...settings, port: this.port }).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]);
    const program = join(this.#binaries, "postgres");
    this.#server = spawn("sh", ["-c", guard, "guard", program, "-D", this.#data, ...options], {
      env: { PATH: process.env.PATH, LC_ALL: "C" },
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      ...this.#user,
    });
    while (!(await this.#answers())) {
      if (this.#server.exitCode !== null)
        throw new Error(`PostgreSQL on port ${this.port} ended instead of starting.`);
      await pause(50);
    }
  }

  /** Ends it without giving it the time to finish anything. */
  async crash(): Promise<void> {
    await this.#end("SIGQUIT");
  }

  /** Ends it in order, whoever is connected. */
  async stop(): Promise<void> {
    if (!this.isRunning) return this.#forget();
    this.thaw();
    await this.#end("SIGINT");
  }

  /** Ends a frozen server without waking it first. */
  async crashFrozen(): Promise<void> {
    const [postmaster, ...others] = this.#processes();
    const ended = this.#server && once(this.#server, "exit");
    for (const pid of others) signal(pid, "SIGKILL");
    if (postmaster !== undefined) signal(postmaster, "SIGKILL");
    await ended;
    this.#forget();
  }

  /** Whether it did not end, by itself or otherwise. */
  get isRunning(): boolean {
    return this.#server !== undefined && this.#server.exitCode === null && this.#server.signalCode === null;
  }

  /** Stops all its processes where they are; what is sent to it is taken by the system, and nobody answers. */
  freeze(): void {
    const [postmaster, ...others] = this.#processes();
    if (postmaster === undefined) throw new Error("a server that does not run cannot be frozen");
    process.kill(postmaster, "SIGSTOP");
    for (const pid of others) signal(pid, "SIGSTOP");
    for (const pid of this.#processes()) signal(pid, "SIGSTOP");
  }

  /** Lets it go on where it was. */
  thaw(): void {
    for (const pid of this.#processes().reverse()) signal(pid, "SIGCONT");
  }

  /** Makes the primary of a standby. */
  async promote(): Promise<void> {
    await this.#run("pg_ctl", ["promote", "-D", this.#data, "-w"]);
  }

  /** Asks it on a connection of its own, past every proxy. */
  async query<Row extends object>(statement: string): Promise<readonly Row[]> {
    const sql = postgres(this.url, { max: 1, onnotice: () => {} });
    try {
      return await sql.unsafe<Row[]>(statement);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  #processes(): number[] {
    const [line = ""] = readFileSync(join(this.#data, "postmaster.pid"), "utf8").split("\n");
    const postmaster = Number(line);
    const children = readdirSync("/proc").filter(
      (name) => /^\d+$/.test(name) && parentOf(name) === postmaster,
    );
    return [postmaster, ...children.map(Number)];
  }

  async #end(how: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    const [postmaster] = this.#processes();
    if (server === undefined || postmaster === undefined) return;
    const ended = once(server, "exit");
    process.kill(postmaster, how);
    await ended;
    this.#forget();
  }

  /** Lets the guard of an ended server go as well. */
  #forget(): void {
    this.#server?.stdin?.end();
    this.#server = undefined;
  }

  async #answers(): Promise<boolean> {
    return this.query("select 1").then(
      () => true,
      () => false,
    );
  }

  /** Meanwhile the proxies of this process go on. */
  async #run(program: string, args: readonly string[]): Promise<void> {
    const env = { PATH: process.env.PATH, LC_ALL: "C" };
    await run(join(this.#binaries, program), args, { env, cwd: "/", ...this.#user });
  }
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined; // it ended meanwhile
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it ended meanwhile
  }
}
