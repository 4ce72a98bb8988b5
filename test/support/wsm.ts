import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach } from "vitest";
import { callWsm } from "../../src/cli/call.js";

/** How a command ended, and what it wrote. */
interface Ended {
  /** The exit status, or the signal it ended by. */
  readonly status: number | NodeJS.Signals;
  readonly out: string;
  readonly err: string;
}

/** What else surrounds a call. */
interface Place {
  /** What it reads. */
  readonly input?: Readable;
  /** Whether that is a terminal. */
  readonly hasTerminal?: boolean;
  /** The folder that it is called in. */
  readonly at?: string;
  /** How wide the terminal is that it writes to; 100 unless said otherwise. */
  readonly columns?: number;
}

type Environment = Readonly<Record<string, string>>;

/** A machine with a work tree and a state folder of its own, on which `wsm` is called. */
export interface Desk {
  /** The work tree. */
  readonly folder: string;
  /** Where events wait and runs are remembered. */
  readonly state: string;
  /** Calls `wsm` in the work tree, unless told where else. */
  wsm(words: readonly string[], env?: Environment, place?: Place): Promise<Ended>;
  /** The same with `--json`; fails unless it succeeds. */
  json(words: readonly string[], env?: Environment): Promise<Record<string, unknown>>;
}

/** Makes a desk whose commands report to `url`; it is gone after the test. */
export async function openDesk(url: string, now: () => Date = () => new Date()): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), "wsm-desk-"));
  desks.push(folder);
  const state = join(folder, "state");

  async function wsm(
    words: readonly string[],
    env: Environment = {},
    { input = process.stdin, hasTerminal = false, at = folder, columns = 100 }: Place = {},
  ): Promise<Ended> {
    const written = { out: "", err: "" };
    const stream = (name: "out" | "err") => ({
      write: (text: string) => {
        written[name] += text;
      },
      isTTY: false,
      columns,
    });
    const status = await callWsm(words, {
      env: { WSM_URL: url, WSM_STATE_DIR: state, ...env },
      folder: at,
      home: folder,
      out: stream("out"),
      err: stream("err"),
      in: input as NodeJS.ReadStream, // it is only read
      hasTerminal,
      self: ["/opt/node", "/opt/wsm/main.js"],
      now,
      signals: { hold: () => () => {} },
      pause: (milliseconds) => delay(milliseconds, undefined, { ref: false }),
    });
    return { status, ...written };
  }

  return {
    folder,
    state,
    wsm,
    json: async (words, env) => {
      const { status, out, err } = await wsm([...words, "--json"], env);
      if (status !== 0) throw new Error(`wsm ${words.join(" ")} ended with ${status}: ${err}`);
      return JSON.parse(out);
    },
  };
}

const desks: string[] = [];

afterEach(async () => {
  for (const folder of desks.splice(0)) await rm(folder, { recursive: true, force: true });
});
