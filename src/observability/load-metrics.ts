import { Gauge, type Registry } from "prom-client";

/** How much work one lane to the database has at this moment. */
export interface LaneLoad {
  readonly lane: "read" | "write";
  readonly running: number;
  /** Accepted, but not begun. */
  readonly waiting: number;
  /** How much may run at once. */
  readonly limit: number;
}

/** Registers gauges of the work in front of the database; `loads` is asked at every scrape. */
export function loadMetrics(registry: Registry, loads: () => readonly LaneLoad[]): void {
  const gauge = (name: string, help: string, read: (load: LaneLoad) => number) =>
    new Gauge({
      name: `ws_metrics_database_work_${name}`,
      help,
      labelNames: ["lane"],
      registers: [registry],
      collect() {
        for (const load of loads()) this.set({ lane: load.lane }, read(load));
      },
    });
  gauge("running", "Reads and writes that hold a connection to the database.", ({ running }) => running);
  gauge("waiting", "Reads and writes that wait for their turn.", ({ waiting }) => waiting);
  gauge("limit", "Reads and writes that may run at once.", ({ limit }) => limit);
}
