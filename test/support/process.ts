import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { type Client, clientOf } from "./client.js";
import { freePort } from "./engines/postgres.cluster.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readyTimeoutMs = 30_000;

/** The real server in a process of its own. */
export interface ServerProcess extends Client {
  readonly url: string;
  readonly pid: number | undefined;
  /** Everything it wrote so far, to standard output and standard error. */
  output(): string;
  /** Resolves with its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Sends a signal and resolves with the exit code once it has ended. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

type Environment = Readonly<Record<string, string>>;

/** As `npm start` runs it, after `npm run build`. */
const asBuilt: readonly string[] = ["--enable-source-maps", "dist/main.js"];

/** Launches the server without waiting for it: for starts that are refused. */
export async function launchProcess(env: Environment, program = asBuilt): Promise<ServerProcess> {
  const port = env.PORT ?? String(await freePort());
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: { PATH: process.env.PATH, ...env, PORT: port },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);

  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = once(child, "close").then(([code]: (number | null)[]) => {
    process.off("exit", endWithUs);
    return code ?? null;
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    ...clientOf(url),
    url,
    pid: child.pid,
    output: () => output,
    exited,
    kill: (signal = "SIGTERM") => {
      child.kill(signal);
      return exited;
    },
  };
}

/** Starts the server and waits until it is ready; fails with its output when it ends before that. */
export async function startProcess(env: Environment): Promise<ServerProcess> {
  const server = await launchProcess(env);
  const endedEarly = server.exited.then((code) => {
    throw new Error(`The server ended with code ${code} instead of getting ready.\n${server.output()}`);
  });
  const ready = vi.waitFor(
    async () => {
      const { status } = await server.fetch("/readyz");
      if (status !== 200) throw new Error(`/readyz answers ${status}.\n${server.output()}`);
    },
    { timeout: readyTimeoutMs, interval: 50 },
  );
  try {
    await Promise.race([ready, endedEarly]);
  } catch (error) {
    await server.kill("SIGKILL");
    throw error;
  }
  endedEarly.catch(() => {});
  return server;
}
