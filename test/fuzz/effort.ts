import type fc from "fast-check";
import { always } from "../support/property.js";

const { FUZZ_RUNS = "1" } = process.env;

/** How many times the usual effort this run of the tests makes: `FUZZ_RUNS=100`. */
export const effort = Number(FUZZ_RUNS);

/** Longer than a test may take with the effort it makes, in milliseconds. */
export const patience = (seconds: number): number => 30_000 + 2_000 * seconds * effort;

/** Tries a rule on random values, with the effort of this run; a failure prints the seed that repeats it. */
export const fuzz = <Value>(
  values: fc.Arbitrary<Value>,
  usual: { readonly runs: number; readonly seconds: number },
  holds: (value: Value) => Promise<void>,
): Promise<void> => always(values, { runs: usual.runs * effort, seconds: usual.seconds * effort }, holds);
