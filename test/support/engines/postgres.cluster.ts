import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A PostgreSQL server of our own, gone with its folder when `stop` is called or this process ends, however it ends. */
export interface Cluster {
  /** URL of the maintenance database. */
  readonly url: string;
  stop(): Promise<void>;
}

const attempts = 3;
const startTimeoutMs = 60_000;

/**
 * Keeps the server for as long as somebody holds the other end of standard input, then stops it and removes its
 * folder: a killed test run leaves nothing behind.
 */
const guard = `
folder=$1; shift
exec 3<&0
"$@" 2>&1 &
server=$!
(cat <&3 >/dev/null; kill -INT $server 2>/dev/null) &
wait $server
rm -rf "$folder"
`;

type Settings = Readonly<Record<string, string>>;

const settings: Settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
};

/** Speed instead of durability: nobody needs the data of a test after a crash. */
const careless: Settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
};

/** PostgreSQL refuses to run as root; then it runs as `postgres`, or as `nobody` where there is none. */
export function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (userInfo().uid !== 0) return undefined;
  const idOf = (flag: string, name: string) => spawnSync("id", [flag, name], { encoding: "utf8" });
  const name = ["postgres", "nobody"].find((candidate) => idOf("-u", candidate).status === 0);
  if (name === undefined)
    throw new Error("PostgreSQL refuses to run as root, and there is no user postgres or nobody.");
  return { uid: Number(idOf("-u", name).stdout), gid: Number(idOf("-g", name).stdout) };
}

/** Below those that Linux gives to whoever asks for any, as most servers of the tests and all their clients do. */
const ports = { from: 12_000, to: 32_000 } as const;

/** A port that nobody listens on. It is not ours until the server does: somebody may take it before, by a rare chance. */
export async function freePort(): Promise<number> {
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const port = randomInt(ports.from, ports.to);
    const probe = createServer().listen(port, "127.0.0.1");
    const isFree = await once(probe, "listening").then(
      () => true,
      () => false,
    );
    probe.close();
    if (isFree) return port;
  }
  throw new Error("No free port on 127.0.0.1.");
}

/** Resolves when the server accepts connections; rejects with its log when it ends or takes too long. */
async function untilReady(server: ChildProcess): Promise<void> {
  if (server.stdout === null) throw new Error("The server's log is not readable.");
  const log: string[] = [];
  const lines = createInterface({ input: server.stdout });
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`${reason}\n${log.join("\n")}`));
    const timer = setTimeout(() => fail("PostgreSQL did not start in time."), startTimeoutMs);
    server.once("exit", () => fail("PostgreSQL ended instead of starting."));
    lines.on("line", (line) => {
      log.push(line);
      if (line.includes("database system is ready to accept connections")) resolve();
      if (line.includes("FATAL:")) fail("PostgreSQL did not start.");
    });
    lines.once("close", () => clearTimeout(timer));
    server.once("spawn", () => timer.unref());
  });
}

async function start(binaries: string, further: Settings): Promise<Cluster> {
  const user = unprivilegedUser();
  const folder = await mkdtemp(join(tmpdir(), "ws-metrics-postgres-"));
  if (user) await chown(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const run = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: "C" }, ...user };

  const initdb = spawnSync(
    join(binaries, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    { ...run, encoding: "utf8" },
  );
  if (initdb.status !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`initdb failed.\n${initdb.error?.message ?? initdb.stderr}`);
  }

  const port = await freePort();
  const options = Object.entries({ ...settings, ...further, port }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const server = spawn(
    "sh",
    ["-c", guard, "guard", folder, join(binaries, "postgres"), "-D", data, ...options],
    {
      ...run,
      stdio: ["pipe", "pipe", "ignore"],
      detached: true,
    },
  );
  const ended = once(server, "close");
  const stop = async () => {
    server.stdin?.end();
    await ended;
  };
  try {
    await untilReady(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
}

/** Starts a temporary server from the programs in `binaries`; it forgets in a crash unless it is set otherwise. */
export async function startCluster(binaries: string, further: Settings = careless): Promise<Cluster> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(binaries, further);
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
