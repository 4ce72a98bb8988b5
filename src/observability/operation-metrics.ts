import { Counter, Histogram, type Registry } from "prom-client";
import { catalogue, type ErrorCode } from "../errors.js";
import type { Observe } from "../operations/observed.js";
import type { EventOutcome } from "../operations/operation.js";
import { outcomes } from "../vocabulary.js";
import { latencyBuckets } from "./buckets.js";

/** What is measured of operations, whichever door asked for them. */
export interface OperationMetrics {
  readonly observe: Observe;
  /** Told of every error that a client is answered, also of those that no operation met. */
  refused(code: ErrorCode): void;
}

/** Registers what is measured of operations. Labels are names in the code, never what a client sent. */
export function operationMetrics(registry: Registry): OperationMetrics {
  const registers = [registry];
  const operations = new Counter({
    name: "ws_metrics_operations_total",
    help: "Operations performed, by how they ended: OK, or the code of the error. A request may ask for several.",
    labelNames: ["operation", "code"],
    registers,
  });
  const durations = new Histogram({
    name: "ws_metrics_operation_duration_seconds",
    help: "How long operations took until they were answered, waiting and the commit included.",
    labelNames: ["operation"],
    buckets: latencyBuckets,
    registers,
  });
  const events = new Counter({
    name: "ws_metrics_events_total",
    help: "Reported events by what became of them: RECORDED; DUPLICATE, a repeat; CONFLICT_IGNORED, its id was taken by something different; REFUSED, an item of a batch that broke a rule.",
    labelNames: ["operation", "outcome"],
    registers,
  });
  const refusals = new Counter({
    name: "ws_metrics_refusals_total",
    help: "Errors that clients were answered, by code, those before an operation was reached included: missing keys, limits, bodies that cannot be read.",
    labelNames: ["code"],
    registers,
  });
  // A series that begins at 1 hides its first: Prometheus sees no growth.
  for (const code of Object.keys(catalogue)) refusals.inc({ code }, 0);
  const reporting = new Set<string>();
  const countEvents = (operation: string, met: readonly EventOutcome[]) => {
    if (!reporting.has(operation)) {
      reporting.add(operation);
      for (const outcome of [...outcomes, "REFUSED"]) events.inc({ operation, outcome }, 0);
    }
    for (const outcome of met) events.inc({ operation, outcome });
  };
  return {
    observe: ({ operation, code, seconds, outcomes: met }) => {
      operations.inc({ operation, code });
      durations.observe({ operation }, seconds);
      if (met.length > 0) countEvents(operation, met);
    },
    refused: (code) => refusals.inc({ code }),
  };
}
