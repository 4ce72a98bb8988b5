import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { timedAlternately } from "../alternate.js";
import type { BenchCase } from "../bench-case.js";
import { quantile } from "../statistics.js";

const execute = promisify(execFile);
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const size = { executions: 10_000, callsDays: 0 };
/** Nobody listens there. */
const away = "http://127.0.0.1:1";
/** What a call may take, so that nobody minds to report. */
const atMostMs = 150;

/** What a call of the command line costs who reports, against the start of Node alone. */
export const wsm: BenchCase = {
  name: "wsm",
  summary: "a call of wsm with the server there, and with it away (spool), against the start of Node",
  async measure(bench, tell) {
    const url = await bench.database(size);
    const folder = await mkdtemp(join(tmpdir(), "ws-metrics-bench-wsm-"));
    try {
      const [there = [], gone = [], node = []] = await bench.withServer(url, async (server) => {
        const state = (name: string) => ({ WSM_STATE_DIR: join(folder, name) });
        const env = { PATH: process.env.PATH, WSM_URL: server.url };
        const call = (words: readonly string[], more: Record<string, string>) => () =>
          execute(process.execPath, words, { cwd: folder, env: { ...env, ...more } });
        await call([main, "start", "--ws", "WS-1", "--executor", "bench"], state("there"))();
        const phase = [main, "phase", "start", "implement"];
        return timedAlternately(
          [
            () => call(phase, state("there")),
            () => call(phase, { ...state("away"), WSM_URL: away }),
            () => call(["-e", "0"], {}),
          ],
          { most: bench.choose({ quick: 10, full: 50 }), least: 5, withinMs: 60_000 },
        );
      });
      const bare = quantile(node, 0.5);
      for (const [what, tookMs] of [
        ["with the server there", there],
        ["with the server away", gone],
      ] as const) {
        const p50Ms = quantile(tookMs, 0.5);
        tell({
          what: `wsm phase start, ${what}`,
          ours: { amount: p50Ms, unit: "ms" },
          other: { name: "node -e 0", amount: bare, unit: "ms" },
          ratio: p50Ms / bare,
          reach: { by: "ours", atMost: atMostMs },
          ...{ p50Ms, p99Ms: quantile(tookMs, 0.99) },
        });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
