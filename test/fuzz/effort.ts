import type fc from "fast-check";
import { expect } from "vitest";
import { always } from "../support/property.js";

const { FUZZ_RUNS = "1" } = process.env;

/** How many times the usual effort this run of the tests makes: `FUZZ_RUNS=100`. */
export const effort: number = Number(FUZZ_RUNS);

/** Longer than a test may take with the effort it makes, in milliseconds. */
export const patience = (seconds: number): number => 30_000 + 2_000 * seconds * effort;

/** Tries a rule on random values, with the effort of this run; a failure prints the seed that repeats it. */
export const fuzz = <Value>(
  values: fc.Arbitrary<Value>,
  usual: { readonly runs: number; readonly seconds: number },
  holds: (value: Value) => Promise<void>,
): Promise<void> => always(values, { runs: usual.runs * effort, seconds: usual.seconds * effort }, holds);

/** What was asked for, and what of it was done. */
export interface Tally {
  sent: number;
  done: number;
}

/** Of so many requests one is done: by chance none would be in one of 100,000 runs, if only a third could be. */
const enough = 30;

/** Requests reach what they are about: one of enough to tell, and with more effort more than a third. */
export function expectToReach({ sent, done }: Tally, what: string): void {
  if (sent >= enough) expect(done).toBeGreaterThan(0);
  if (effort === 1) return;
  console.log(`${done} of ${sent} ${what} were done`);
  expect(done / sent).toBeGreaterThan(1 / 3);
}
