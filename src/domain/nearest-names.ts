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

/** A letter that was left out says less about a name than one that is not in it. */
const addition = 0.5;

/** How many letters of `left` have to be taken away, replaced or added to make `right` of it (Levenshtein). */
function distanceBetween(left: string, right: string): number {
  let distances = Array.from({ length: right.length + 1 }, (_, index) => index * addition);
  for (const [row, letter] of [...left].entries()) {
    const above = distances;
    distances = [row + 1];
    for (const [column, other] of [...right].entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1);
      distances.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (distances[column] ?? 0) + addition));
    }
  }
  return distances.at(-1) ?? 0;
}
