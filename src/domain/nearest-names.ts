/** Those of `names` that somebody who wrote `text` may have meant, the most likely first. */
export function nearestNames(text: string, names: readonly string[], count = 3): readonly string[] {
  const ranked = names.map((name) => ({
    name,
    distance: distanceBetween(text.toLowerCase(), name.toLowerCase()),
  }));
  return ranked
    .sort((left, right) => left.distance - right.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** How many letters have to be added, taken away or replaced to make one word of the other (Levenshtein). */
function distanceBetween(left: string, right: string): number {
  let distances = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...left].entries()) {
    const above = distances;
    distances = [row + 1];
    for (const [column, other] of [...right].entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1);
      distances.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (distances[column] ?? 0) + 1));
    }
  }
  return distances.at(-1) ?? 0;
}
