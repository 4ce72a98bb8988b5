import { stringify } from "csv-stringify/sync";

/** A field; null is an empty one. */
export type CsvField = string | number | boolean | Date | null;

/**
 * Lines as RFC 4180 has them. A text that a spreadsheet would take for a formula is led by an apostrophe; numbers and
 * times are not, for they are none. A line of a single empty field is quoted, or readers would pass over it.
 */
export const csvLines = (rows: readonly (readonly CsvField[])[]): string =>
  stringify([...rows], {
    record_delimiter: "\r\n",
    quoted_match: /[\r\n]/, // each of them ends a line for some readers
    quoted_empty: rows[0]?.length === 1,
    escape_formulas: true,
    cast: {
      boolean: String,
      number: (value) => ({ value: String(value), escape_formulas: false }),
      date: (value) => value.toISOString(),
    },
  });
