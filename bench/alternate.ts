import { median, quantile } from "./statistics.js";

/** What one contestant did in one round. */
export interface Sample {
  readonly perSecond: number;
  /** Milliseconds that each answer took, or some of them. */
  readonly tookMs: readonly number[];
}

type Contest<Name extends string> = Readonly<Record<Name, () => Promise<Sample>>>;

/** What all contestants did, round by round. */
export type Rounds<Name extends string> = Readonly<Record<Name, readonly Sample[]>>;

/** Has contestants take turns, each round beginning with another one, so that whatever else the machine does meets all alike. */
export async function alternately<Name extends string>(
  rounds: number,
  contest: Contest<Name>,
): Promise<Rounds<Name>> {
  const names = Object.keys(contest) as Name[]; // the keys are all there are
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round += 1) {
    const shift = round % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)])
      samples[name].push(await contest[name]());
  }
  return samples;
}

/** How many times as fast as `theirs` ours was: the median of the rounds. */
export function ratioOf(ours: readonly Sample[], theirs: readonly Sample[]): number {
  return median(ours.map(({ perSecond }, round) => perSecond / (theirs[round]?.perSecond ?? Number.NaN)));
}

/** The figures of all rounds together: median speed, quantiles of all answers. */
export function figuresOf(samples: readonly Sample[]) {
  const tookMs = samples.flatMap((sample) => sample.tookMs);
  return {
    perSecond: median(samples.map(({ perSecond }) => perSecond)),
    p50Ms: quantile(tookMs, 0.5),
    p99Ms: quantile(tookMs, 0.99),
  };
}

/** Gets something ready, and answers what is timed. */
export type Turn = () => () => Promise<unknown>;

interface Patience {
  readonly most: number;
  readonly least: number;
  readonly withinMs: number;
}

/**
 * Times pieces of work in turns, one at a time, until there are `most` times of each or the time is over.
 * @returns milliseconds, in the order of the pieces
 */
export async function timedAlternately(
  turns: readonly Turn[],
  { most, least, withinMs }: Patience,
): Promise<readonly (readonly number[])[]> {
  const took: number[][] = turns.map(() => []);
  const endsAtMs = performance.now() + withinMs;
  for (let round = 0; round < most && (round < least || performance.now() < endsAtMs); round += 1)
    for (const [index, turn] of turns.entries()) {
      const work = turn();
      const begunAtMs = performance.now();
      await work();
      took[index]?.push(performance.now() - begunAtMs);
    }
  return took;
}
