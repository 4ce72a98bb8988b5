const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;
const levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/**
 * A bar as long as its share of `width`, to an eighth of a character; anything above nothing shows at least that.
 * @param share from 0 to 1
 */
export function bar(share: number, width: number): string {
  const bounded = Math.min(Math.max(Number.isFinite(share) ? share : 0, 0), 1);
  const units = Math.max(Math.round(bounded * width * 8), bounded > 0 ? 1 : 0);
  return "█".repeat(Math.floor(units / 8)) + (eighths[units % 8] ?? "");
}

/** What stands for several values where there is room for one only. */
export type Together = (values: readonly number[]) => number;

export const sum: Together = (values) => values.reduce((total, value) => total + value, 0);
export const mean: Together = (values) => sum(values) / values.length;

/** A line of columns, one for each value; the highest is full, a value that is unknown or nothing is a low dot. */
export function sparkline(
  values: readonly (number | null)[],
  width: number,
  together: Together = sum,
): string {
  const shown = condensed(values, width, together);
  const highest = Math.max(...shown.map((value) => value ?? 0), 0);
  return shown
    .map((value) => {
      if (value === null || value <= 0 || highest === 0) return "·";
      return levels[Math.min(Math.ceil((value / highest) * levels.length), levels.length) - 1];
    })
    .join("");
}

/** Neighbours put together until there is room for all. */
function condensed(values: readonly (number | null)[], width: number, together: Together) {
  const each = Math.max(1, Math.ceil(values.length / Math.max(1, width)));
  return Array.from({ length: Math.ceil(values.length / each) }, (_, index) => {
    const group = values.slice(index * each, (index + 1) * each).filter((value) => value !== null);
    return group.length === 0 ? null : together(group);
  });
}
