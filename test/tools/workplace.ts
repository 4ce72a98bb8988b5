import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";
import { freePort } from "../support/engines/postgres.cluster.js";
import { type ServerProcess, startProcess } from "../support/process.js";

const wsmMain = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

type Environment = Readonly<Record<string, string>>;

/** How a command ended, and what it wrote. */
interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A home and a work folder of its own, a server, and `wsm` on the search path. */
export interface Workplace {
  readonly home: string;
  readonly folder: string;
  readonly url: string;
  /** The server that runs now. */
  server(): ServerProcess;
  /** Ends the server without warning. */
  killServer(): Promise<void>;
  /** Starts it again over the same data, at the same address. */
  startServer(): Promise<void>;
  /** Calls `wsm`. */
  wsm(words: readonly string[], env?: Environment): Promise<Ended>;
  /** Calls any command. */
  call(command: string, args: readonly string[], env?: Environment): Promise<Ended>;
}

const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** What a test opened is ended after it, the last thing first. */
export function afterwards(step: () => unknown): void {
  undo.push(step);
}

/** Opens a workplace; it is gone after the test. */
export async function openWorkplace(): Promise<Workplace> {
  const home = await mkdtemp(join(tmpdir(), "wsm-workplace-"));
  afterwards(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  const folder = join(home, "work");
  const bin = join(home, "bin");
  await mkdir(folder);
  await mkdir(bin);
  await writeFile(join(bin, "wsm"), `#!/bin/sh\nexec "${process.execPath}" "${wsmMain}" "$@"\n`);
  await chmod(join(bin, "wsm"), 0o755);
  await writeFile(join(home, ".profile"), `PATH="${bin}:$PATH"\n`); // some tools open login shells, which forget the path

  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const start = () => startProcess({ DATA_DIR: join(home, "data"), PORT: port, LOG_LEVEL: "warn" });
  let server = await start();
  afterwards(() => server.kill("SIGKILL"));

  const base = { PATH: [bin, process.env.PATH].join(delimiter), HOME: home, WSM_URL: url, LANG: "C.UTF-8" };
  const call: Workplace["call"] = (command, args, env = {}) =>
    ended(command, args, folder, { ...base, ...env });
  return {
    home,
    folder,
    url,
    server: () => server,
    killServer: async () => void (await server.kill("SIGKILL")),
    startServer: async () => {
      server = await start();
    },
    wsm: (words, env) => call(join(bin, "wsm"), words, env),
    call,
  };
}

function ended(command: string, args: readonly string[], cwd: string, env: Environment): Promise<Ended> {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  afterwards(() => child.kill("SIGKILL"));
  const written = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    written.err += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...written }));
  });
}
