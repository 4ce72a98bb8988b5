import { stringify } from "csv-stringify/sync";

/**
 * Rows as RFC 4180 has them, under the names of their fields. A text that a spreadsheet would take for a formula is led
 * by an apostrophe; what is not known is an empty field.
 */
export function csv(
  rows: readonly Readonly<Record<string, string | number | null | undefined>>[],
  columns: readonly string[],
): string {
  const safe = rows.map((row) => columns.map((column) => row[column] ?? ""));
  return stringify([[...columns], ...safe], { record_delimiter: "\r\n", escape_formulas: true }).replace(
    /\r\n$/,
    "",
  );
}
