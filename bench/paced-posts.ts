import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { clientOf } from "../test/support/client.js";
import { median, quantile } from "./statistics.js";

/** How long requests took, in milliseconds. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface Load {
  /** Among how many runs of `fillLog` the phases are spread. */
  readonly runs: number;
  readonly perSecond: number;
  readonly isOver: (elapsedMs: number) => boolean;
}

/** Posts phases to a server at an even pace, whatever it makes of them, in an order that is the same every time. */
export async function postPhases(url: string, { runs, perSecond, isOver }: Load): Promise<Latency> {
  const client = clientOf(url);
  const begun = performance.now();
  const posts: Promise<number>[] = [];
  for (let number = 0; !isOver(performance.now() - begun); number += 1) {
    const early = begun + (number * 1000) / perSecond - performance.now();
    if (early > 0) await pause(early);
    posts.push(timed(() => client.post("/ws-execution", phaseOf((number * 7919) % runs, number))));
  }
  const took = await Promise.all(posts);
  return { count: took.length, p50: median(took), p99: quantile(took, 0.99), max: quantile(took, 1) };
}

async function timed(post: () => Promise<{ readonly status: number }>): Promise<number> {
  const begun = performance.now();
  const { status } = await post();
  if (status !== 200) throw new Error(`A phase was answered with ${status}.`);
  return performance.now() - begun;
}

function phaseOf(run: number, number: number) {
  const id = createHash("md5").update(`run-${run}`).digest("hex");
  const at = new Date().toISOString();
  const phase = { event_id: `bench-${at}-${number}`, name: "verify", started_at: at, completed_at: at };
  return { id: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), phase };
}
