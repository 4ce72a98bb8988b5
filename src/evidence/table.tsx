import type { ComponentChildren } from "preact";

/** A column: what it is called, and whether it holds numbers, which stand under each other digit by digit. */
interface Column {
  readonly head: string;
  readonly isNumber?: boolean;
}

/** The cells of a row; the first one says what the row is about. */
export type Row = readonly ComponentChildren[];

interface TableParts {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What the rows come to. */
  readonly sums?: readonly Row[];
}

/** A table that scrolls in a box of its own where it is wider than the page. */
export function Table({ caption, columns, rows, sums = [] }: TableParts) {
  const cellsOf = (row: Row) => {
    const [first, ...others] = row;
    return (
      <tr>
        <th scope="row">{first}</th>
        {others.map((cell, index) => (
          <td class={columns[index + 1]?.isNumber ? "number" : undefined}>{cell}</td>
        ))}
      </tr>
    );
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the keys
    <section class="scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map(({ head, isNumber }) => (
              <th scope="col" class={isNumber ? "number" : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.map(cellsOf)}</tbody>
        {sums.length > 0 && <tfoot>{sums.map(cellsOf)}</tfoot>}
      </table>
    </section>
  );
}

const number = (head: string): Column => ({ head, isNumber: true });
const text = (head: string): Column => ({ head });

/** The columns of a table, by the kind of what they hold. */
export const column = { number, text };
