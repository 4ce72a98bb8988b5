import fc from "fast-check";

const { PROPERTY_SEED, PROPERTY_RUNS = "1" } = process.env;

/**
 * How often a rule is tried, and for how many seconds at most, so that a failure is reported (with the seed and
 * the path that repeat it) before the test runs out of time. `PROPERTY_SEED` repeats a failure, `PROPERTY_RUNS`
 * tries that many times as often and as long.
 */
export function tries<Values>(numRuns: number, seconds: number): fc.Parameters<Values> {
  const factor = Number(PROPERTY_RUNS);
  return {
    numRuns: numRuns * factor,
    interruptAfterTimeLimit: seconds * factor * 1000,
    ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }),
  };
}

/** Mostly a value, sometimes null. */
export const perhaps = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: null, freq: 3 });
