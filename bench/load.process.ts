import { setTimeout as pause } from "node:timers/promises";
import { HttpConnection } from "./http-connection.js";
import { type RequestKind, type Spread, writers } from "./requests.js";

/** What a load process is asked for, as JSON in its first argument. */
export interface LoadOrder extends Spread {
  readonly url: string;
  readonly what: RequestKind;
  /** Requests per second, whatever becomes of those before; 0 for one after the other on each connection. */
  readonly perSecond: number;
  /** Connections at most. */
  readonly connections: number;
  readonly durationMs: number;
}

/** What it found, as JSON on standard output. */
export interface LoadResult {
  /** Requests that were due. */
  readonly due: number;
  /** Requests for which no connection was free. */
  readonly unsent: number;
  /** From the first request to the last answer that was waited for. */
  readonly elapsedMs: number;
  /** Milliseconds from when each was due to its answer, by status; 0 stands for a lost connection. */
  readonly latencies: Readonly<Record<string, readonly number[]>>;
}

const tickMs = 5;

async function load(order: LoadOrder): Promise<LoadResult> {
  const url = new URL(order.url);
  const latencies: Record<string, number[]> = {};
  let due = 0;
  let unsent = 0;
  const request = writers[order.what](url, order);
  const free: HttpConnection[] = [];
  const exchange = async (connection: HttpConnection, dueAtMs: number) => {
    const status = await connection.send(request());
    const took = performance.now() - dueAtMs;
    const others = latencies[status] ?? [];
    latencies[status] = others;
    others.push(took);
  };

  const endsAtMs = performance.now() + order.durationMs;
  for (let opened = 0; opened < order.connections; opened += 1) free.push(await HttpConnection.open(url));
  const begunAtMs = performance.now();
  if (order.perSecond === 0) {
    await Promise.all(
      free.map(async (connection) => {
        while (performance.now() < endsAtMs && connection.isOpen) {
          due += 1;
          await exchange(connection, performance.now());
        }
      }),
    );
    return { due, unsent, elapsedMs: performance.now() - begunAtMs, latencies };
  }
  while (performance.now() < endsAtMs) {
    const owed = Math.floor(((performance.now() - begunAtMs) / 1000) * order.perSecond) - due;
    for (let one = 0; one < owed; one += 1) {
      due += 1;
      const connection = free.pop();
      if (connection === undefined) unsent += 1;
      else
        void exchange(connection, performance.now()).then(async () => {
          free.push(connection.isOpen ? connection : await HttpConnection.open(url));
        });
    }
    await pause(tickMs);
  }
  return { due, unsent, elapsedMs: performance.now() - begunAtMs, latencies };
}

if (import.meta.filename === process.argv[1]) {
  const result = await load(JSON.parse(process.argv[2] ?? ""));
  process.stdout.write(JSON.stringify(result), () => process.exit(0));
}
