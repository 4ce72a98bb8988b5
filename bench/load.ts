import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { LoadOrder, LoadResult } from "./load.process.js";
import { sum } from "./statistics.js";

/** What a load came to. Times are in milliseconds. */
export interface Load {
  readonly due: number;
  readonly unsent: number;
  /** From the first request to the last answer. */
  readonly elapsedMs: number;
  readonly accepted: readonly number[];
  readonly refused: readonly number[];
  /** Every other status, and how often; 0 stands for a lost connection. */
  readonly others: readonly (readonly [status: string, count: number])[];
}

const run = promisify(execFile);
const program = fileURLToPath(new URL("load.process.ts", import.meta.url));

/** Has `processes` processes share an order, and adds up what they found. */
export async function makeLoad(order: LoadOrder, processes = 1): Promise<Load> {
  const share = {
    ...order,
    perSecond: order.perSecond / processes,
    connections: Math.ceil(order.connections / processes),
  };
  return added(await Promise.all(Array.from({ length: processes }, () => resultOf(share))));
}

async function resultOf(order: LoadOrder): Promise<LoadResult> {
  const command = ["--import", "tsx", program, JSON.stringify(order)];
  const { stdout } = await run(process.execPath, command, { maxBuffer: 2 ** 30 });
  return JSON.parse(stdout); // what the program says it prints
}

/** What loads at the same time came to. */
function added(results: readonly LoadResult[]): Load {
  const statuses = [...new Set(results.flatMap(({ latencies }) => Object.keys(latencies)))];
  const took = (status: string) => results.flatMap(({ latencies }) => latencies[status] ?? []);
  return {
    due: sum(results.map(({ due }) => due)),
    unsent: sum(results.map(({ unsent }) => unsent)),
    elapsedMs: Math.max(...results.map(({ elapsedMs }) => elapsedMs)),
    accepted: took("200"),
    refused: [...took("503"), ...took("429")],
    others: statuses
      .filter((status) => !["200", "503", "429"].includes(status))
      .map((status) => [status, took(status).length] as const),
  };
}
