import { collectDefaultMetrics, Registry } from "prom-client";

/** Sums of what stands beside them by type, and named as only counters should be. */
const misnamed = [
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
];

let registry: Registry | undefined;

/**
 * CPU, memory, event loop and garbage collection, in Prometheus' text format. The process is one, however many
 * servers run in it: it is watched once, from the first server on, for as long as it lives.
 */
export function watchProcess(): { expose(): Promise<string> } {
  if (registry === undefined) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
    for (const name of misnamed) registry.removeSingleMetric(name);
  }
  const watched = registry;
  return { expose: () => watched.metrics() };
}
