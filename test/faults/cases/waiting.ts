import { setTimeout as pause } from "node:timers/promises";
import type { Scene } from "../scene.js";

/** Servers that can do nothing but refuse may use so much of one core. */
const idleShare = 0.5;

/** Waits a random time. */
export function waitBetween({ random }: Scene, fromMs: number, toMs: number): Promise<void> {
  return pause(random.between(fromMs, toMs));
}

/** Waits a random time during which the servers have no database, and must not spin for it. */
export async function waitIdly(scene: Scene, fromMs: number, toMs: number): Promise<void> {
  const before = scene.cpuSeconds();
  const begunAtMs = performance.now();
  await waitBetween(scene, fromMs, toMs);
  const share =
    ((scene.cpuSeconds() - before) * 1_000) / (performance.now() - begunAtMs) / scene.servers.length;
  if (share > idleShare)
    scene.ledger.violate(`a server without a database used ${Math.round(share * 100)} % of a core`);
}
