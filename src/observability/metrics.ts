import { Gauge, Registry } from "prom-client";
import { version } from "../version.js";
import { type HttpMetrics, httpMetrics } from "./http-metrics.js";
import { type LaneLoad, loadMetrics } from "./load-metrics.js";
import { type OperationMetrics, operationMetrics } from "./operation-metrics.js";
import { watchProcess } from "./process-metrics.js";

/** What of one server is measured. */
export interface Metrics extends OperationMetrics, HttpMetrics {
  /** The media type of what `expose` answers. */
  readonly contentType: string;
  /** Every figure as it is now, in Prometheus' text format. */
  expose(): Promise<string>;
}

interface MetricsParts {
  /** What the database is, in words. */
  readonly engine: string;
  /** The work in front of the database, by lane. */
  readonly loads: () => readonly LaneLoad[];
}

/** Metrics of a server, apart from those of any other server in this process. */
export function createMetrics({ engine, loads }: MetricsParts): Metrics {
  const registry = new Registry();
  const ofProcess = watchProcess();
  new Gauge({
    name: "ws_metrics_build_info",
    help: "Always 1; the labels say which version this is, and on which database it started.",
    labelNames: ["version", "database"],
    registers: [registry],
  }).set({ version, database: engine }, 1);
  loadMetrics(registry, loads);
  return {
    ...operationMetrics(registry),
    ...httpMetrics(registry),
    contentType: registry.contentType,
    expose: async () => `${await registry.metrics()}\n${await ofProcess.expose()}`,
  };
}
