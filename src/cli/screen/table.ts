import { fitted, padded, widthOf } from "./text.js";

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** What it shows of a row; in at most `width` columns of the screen where that is what is left for it. */
  readonly cell: (row: Row, width: number) => string;
  readonly align?: "left" | "right";
  /** It takes what the others leave. */
  readonly grows?: boolean;
  /** Where there is less room than this, the column is left out. */
  readonly from?: number;
}

const gap = 2;
const leastWidth = 8;

/** Rows under their titles, no line longer than `width`. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): readonly string[] {
  const shown = columns.filter(({ from = 0 }) => width >= from);
  const natural = shown.map(({ title, cell, grows }) =>
    grows ? widthOf(title) : Math.max(widthOf(title), ...rows.map((row) => widthOf(cell(row, width)))),
  );
  const taken = natural.reduce((sum, each, index) => sum + (shown[index]?.grows ? 0 : each + gap), 0);
  const left = Math.max(leastWidth, width - taken);
  const widths = shown.map(({ grows }, index) => (grows ? left : (natural[index] ?? 0)));
  const line = (cells: readonly string[]) => {
    const filled = cells.map((text, index) => padded(text, widths[index] ?? 0, shown[index]?.align));
    return fitted(filled.join(" ".repeat(gap)).trimEnd(), width);
  };
  return [
    line(shown.map(({ title }) => title)),
    ...rows.map((row) =>
      line(shown.map(({ cell }, index) => fitted(cell(row, widths[index] ?? 0), widths[index] ?? 0))),
    ),
  ];
}
