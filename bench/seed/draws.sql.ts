/** What is drawn for a row; each is independent of the others. The order is part of the data that a seed stands for. */
const draws = [
  "moment",
  "work statement",
  "executor",
  "scope",
  "phases",
  "ending",
  "duration",
  "tests",
  "files",
  "skipped tests",
  "totals",
  "session",
  "fixes",
  "fix",
  "calls",
  "call",
  "owner",
  "model",
  "document",
  "phase of call",
  "tokens",
  "cache",
] as const;

/** The name of something that is drawn. */
export type Draw = (typeof draws)[number];

/** Draws are of 2^20 values, and salts of one seed do not meet those of the next. */
const resolution = 2 ** 20;
const saltsOfSeed = 1_000;

/** SQL for a number in [0, 1) that follows from the seed, the integer expression `key` and what is drawn, and from nothing else. */
export function drawn(seed: number, key: string, what: Draw): string {
  const salt = seed * saltsOfSeed + draws.indexOf(what);
  return `((hashint8extended(${key}, ${salt}) & ${resolution - 1}) / ${resolution}::float8)`;
}

/** SQL for one of `options`, as often as its weight says; `draw` is a number in [0, 1). */
export function weighted(draw: string, options: readonly (readonly [sql: string, weight: number])[]): string {
  const total = options.reduce((sum, [, weight]) => sum + weight, 0);
  let upTo = 0;
  const cases = options.map(([sql, weight]) => {
    upTo += weight / total;
    return `when ${draw} < ${upTo.toFixed(4)} then ${sql}`;
  });
  return `case ${cases.join(" ")} end`;
}

/** SQL for one of `words` as text, each as likely as the others. */
export function among(draw: string, words: readonly string[]): string {
  const list = words.map((word) => `'${word}'`).join(", ");
  return `(array[${list}])[1 + floor(${draw} * ${words.length})::integer]`;
}
