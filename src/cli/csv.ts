import { stringify } from "csv-stringify/sync";
import { harmless } from "./harmless.js";
import type { Stream } from "./surroundings.js";

/**
 * Rows as RFC 4180 has them, under the names of their fields. A text that a spreadsheet would take for a formula is led
 * by an apostrophe; what is not known is an empty field. On a terminal, what would steer it is shown as a dot.
 */
export function csv(
  rows: readonly Readonly<Record<string, string | number | null | undefined>>[],
  columns: readonly string[],
  { isTTY }: Pick<Stream, "isTTY">,
): string {
  const exact = (value: string | number) => value;
  const shown = (value: string | number) => (typeof value === "string" ? harmless(value) : value);
  const fieldOf = isTTY ? shown : exact;
  const safe = rows.map((row) => columns.map((column) => fieldOf(row[column] ?? "")));
  return stringify([[...columns], ...safe], { record_delimiter: "\r\n", escape_formulas: true });
}
