import { fitted, padded, widthOf } from "../../screen/text.js";

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
/** The part of a line that a growing column has at least. */
const growingPart = 4;

/** Rows under their titles, no line longer than `width`. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): readonly string[] {
  const shown = columns.filter(({ from = 0 }) => width >= from);
  const widths = widthsOf(shown, rows, width);
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

/** As wide as what they show; words give way to figures, and what is left over goes to the column that grows. */
function widthsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number) {
  const widths = columns.map(({ title, cell, grows }) =>
    grows
      ? Math.max(leastWidth, Math.floor(width / growingPart))
      : Math.max(widthOf(title), ...rows.map((row) => widthOf(cell(row, width)))),
  );
  const taken = widths.reduce((sum, each) => sum + each, 0) + gap * (columns.length - 1);
  let left = width - taken;
  const words = columns.flatMap(({ align, grows }, index) => (align === "right" || grows ? [] : [index]));
  for (const index of words.sort((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0))) {
    const natural = widths[index] ?? 0;
    const narrowed = Math.min(natural, Math.max(leastWidth, natural + Math.min(left, 0)));
    left += natural - narrowed;
    widths[index] = narrowed;
  }
  return widths.map((each, index) => (columns[index]?.grows ? Math.max(leastWidth, each + left) : each));
}
