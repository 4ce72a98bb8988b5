import { csvLines } from "../csv.js";
import { harmless } from "./harmless.js";
import type { Stream } from "./surroundings.js";

/** Rows under the names of their fields. On a terminal, what would steer it is shown as a dot. */
export function csv(
  rows: readonly Readonly<Record<string, string | number | null | undefined>>[],
  columns: readonly string[],
  { isTTY }: Pick<Stream, "isTTY">,
): string {
  const shown = (value: string | number | null) => (typeof value === "string" ? harmless(value) : value);
  const lines = rows.map((row) => columns.map((column) => row[column] ?? null));
  return csvLines([columns, ...(isTTY ? lines.map((line) => line.map(shown)) : lines)]);
}
