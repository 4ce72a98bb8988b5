import { launchProcess } from "../../test/support/process.js";
import type { BenchCase } from "../bench-case.js";
import { quantile } from "../statistics.js";
import { untilReady } from "../workbench.js";

/** How soon a server is ready. */
export const readyz: BenchCase = {
  name: "readyz",
  summary: "from the start of a process to /readyz, on a migrated database",
  async measure(bench, tell) {
    const url = await bench.database({ executions: 10_000, callsDays: 0 });
    const tookMs: number[] = [];
    for (let start = 0; start < bench.choose({ quick: 5, full: 20 }); start += 1) {
      const begunAtMs = performance.now();
      const server = await launchProcess({ DATABASE_URL: url, LOG_LEVEL: "error" });
      await untilReady(server, "/readyz").finally(() => {
        tookMs.push(performance.now() - begunAtMs);
        return server.kill();
      });
    }
    const p50Ms = quantile(tookMs, 0.5);
    tell({
      what: "readyz",
      ours: { amount: p50Ms, unit: "ms" },
      reach: { by: "ours", atMost: 1_000 },
      ...{ p50Ms, p99Ms: quantile(tookMs, 0.99) },
    });
  },
};
