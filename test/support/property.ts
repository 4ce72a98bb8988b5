import fc from "fast-check";

const { PROPERTY_SEED, PROPERTY_RUNS = "1" } = process.env;
const factor = Number(PROPERTY_RUNS);

interface Effort {
  /** How often the rule is tried. */
  readonly runs: number;
  /** For how long at most; what is left then counts as tried. */
  readonly seconds: number;
}

/**
 * Tries a rule on random values. A failure prints the value, and the seed that repeats it: `PROPERTY_SEED=…`.
 * `PROPERTY_RUNS=10` tries ten times as often and as long.
 */
export async function always<Value>(
  values: fc.Arbitrary<Value>,
  { runs, seconds }: Effort,
  holds: (value: Value) => Promise<void>,
): Promise<void> {
  const end = Date.now() + seconds * factor * 1000;
  const rule = fc.asyncProperty(values, async (value) => {
    if (Date.now() < end) await holds(value);
  });
  await fc.assert(rule, {
    numRuns: runs * factor,
    ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }),
  });
}

/** Mostly a value, sometimes null. */
export const perhaps = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: null, freq: 3 });
