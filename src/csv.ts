import { stringify } from "csv-stringify/sync";

/** A field; null is an empty one. */
export type CsvField = string | number | boolean | Date | null;

/** What a spreadsheet would take for the beginning of a formula, in narrow and wide letters (OWASP, CSV Injection). */
const formula = /^[=+\-@\t\r＝＋－＠]/;

/**
 * Lines as RFC 4180 has them. A text that a spreadsheet would take for a formula is led by an apostrophe; numbers and
 * times are not, for they are none. A line of a single empty field is quoted, or readers would pass over it.
 */
export const csvLines = (rows: readonly (readonly CsvField[])[]): string =>
  stringify(
    rows.map((row) => row.map(textOf)),
    {
      record_delimiter: "\r\n",
      quoted_match: /[\r\n]/, // each of them ends a line for some readers
      quoted_empty: rows[0]?.length === 1,
    },
  );

function textOf(field: CsvField): string {
  if (typeof field === "string") return formula.test(field) ? `'${field}` : field;
  if (field instanceof Date) return field.toISOString();
  return field === null ? "" : String(field);
}
