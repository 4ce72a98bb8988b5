import { type ErrorCode, explain } from "../errors.js";
import type { EventOutcome } from "./operation.js";
import type { PerformAs } from "./perform.js";

/** How one operation went. */
interface Performance {
  readonly operation: string;
  readonly code: "OK" | ErrorCode;
  /** From the input to the answer, waiting included. */
  readonly seconds: number;
  /** What became of each event it reported; empty for a read, and when all was refused. */
  readonly outcomes: readonly EventOutcome[];
}

/** Told of every operation once it is answered; it must be quick, and never throws. */
export type Observe = (performance: Performance) => void;

/** Performs as `performAs` does, and tells `observe` how each operation went, whichever door asked for it. */
export function observed(performAs: PerformAs, observe: Observe): PerformAs {
  return (visit) => {
    const perform = performAs(visit);
    return async (operation, input, at) => {
      const startedMs = performance.now();
      const told = (code: Performance["code"], outcomes: readonly EventOutcome[] = []) =>
        observe({
          operation: operation.name,
          code,
          seconds: (performance.now() - startedMs) / 1000,
          outcomes,
        });
      try {
        const result = await perform(operation, input, at);
        told("OK", operation.outcomes?.(result));
        return result;
      } catch (error) {
        told(explain(error).code);
        throw error;
      }
    };
  };
}
