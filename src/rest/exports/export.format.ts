import { csvLines } from "../../csv.js";
import type { Columns, Export } from "./export.js";

/** A format that exports are sent in. */
export interface Format {
  /** What the path ends in. */
  readonly ending: string;
  readonly mediaType: string;
  readonly mediaParameters: string;
  /** Ends the operation id. */
  readonly name: string;
  /** Follows what is exported, in a summary. */
  readonly summary: string;
  /** What stands before all items. */
  readonly head: (columns: Columns<never>) => string;
  readonly text: <Item>(items: readonly Item[], columns: Columns<Item>, present: Present<Item>) => string;
}

type Present<Item> = Export<Item>["present"];

/** RFC 4180, with the names of the columns in the first line. */
const csv: Format = {
  ending: "csv",
  mediaType: "text/csv",
  mediaParameters: "charset=utf-8; header=present",
  name: "Csv",
  summary: "as CSV",
  head: (columns) => csvLines([Object.keys(columns)]),
  text: (items, columns) => {
    const fields = Object.values(columns);
    return csvLines(items.map((item) => fields.map((fieldOf) => fieldOf(item))));
  },
};

/** A JSON object on each line. */
const ndjson: Format = {
  ending: "ndjson",
  mediaType: "application/x-ndjson",
  mediaParameters: "charset=utf-8",
  name: "Ndjson",
  summary: "as a JSON object a line",
  head: () => "",
  text: (items, _columns, present) => items.map((item) => `${JSON.stringify(present(item))}\n`).join(""),
};

export const formats: readonly Format[] = [csv, ndjson];
