import { setTimeout as pause } from "node:timers/promises";
import type { CsvField } from "../../csv.js";
import type { ExportedPage } from "../../domain/exported.js";
import { type FieldError, MetricsError } from "../../errors.js";
import type { Operation } from "../../operations/operation.js";
import type { Perform } from "../../operations/perform.js";
import { inputOf, type Parameters, spellParameters } from "../parameters.js";
import type { Asked, RestRequest } from "../route.js";

/** What can be taken away whole, in whichever format. */
export interface Export<Item> {
  /** Below the prefix, without the ending that names the format. */
  readonly path: string;
  /** Whose keys may come, and what is asked for. */
  readonly operation: Asked & { readonly name: string };
  /** Where in its input what a client says stands. */
  readonly parameters: Parameters;
  /** What is sent, in words. */
  readonly exported: string;
  readonly spellError: (error: FieldError) => FieldError;
  /** What is asked for; this, or the first page, says what is wrong with the request, if anything is. */
  readonly open: (request: RestRequest) => Opened<Item> | Promise<Opened<Item>>;
  /** An item as a JSON object, named as everywhere in REST. */
  readonly present: (item: Item) => unknown;
}

/** All items, page by page, and what a table says of each, by column and in their order. */
export interface Opened<Item> {
  readonly columns: Columns<Item>;
  readonly pages: AsyncGenerator<readonly Item[], void>;
}

export type Columns<Item> = Readonly<Record<string, (item: Item) => CsvField>>;

/** An item as a JSON object that says what a row of the table would. */
export const rowOf = <Item>(columns: Columns<Item>, item: Item): Readonly<Record<string, CsvField>> =>
  Object.fromEntries(Object.entries(columns).map(([name, fieldOf]) => [name, fieldOf(item)]));

/** What a paged export is made of. */
interface Paged<Item, Place> extends Omit<Export<Item>, "operation" | "spellError" | "open"> {
  readonly operation: Operation<unknown, ExportedPage<Item, Place>>;
  readonly columns: Columns<Item>;
}

/** Everything that matches, from an operation that answers it page by page. */
export const pagedExport = <Item, Place>({
  operation,
  columns,
  ...parts
}: Paged<Item, Place>): Export<Item> => ({
  ...parts,
  operation,
  spellError: spellParameters(parts.parameters),
  open: ({ performAnew, query }) => ({
    columns,
    pages: pagesOf(performAnew, operation, inputOf(parts.parameters, query)),
  }),
});

/** How often a page that the server is too busy for is asked for again, and for how long it waits in between. */
const attempts = 5;
const longestPauseMs = 5_000;

/**
 * All that matches, a page at a time, each in a turn and a transaction of its own: an export holds nothing while its
 * client reads, and takes no more of the server than any other reader. The first page fails as any answer does; later
 * ones are asked for again when there is no room, for the client has half of them already.
 */
async function* pagesOf<Item, Place>(
  perform: Perform,
  operation: Operation<unknown, ExportedPage<Item, Place>>,
  input: Readonly<Record<string, unknown>>,
): AsyncGenerator<readonly Item[], void> {
  let page = await perform(operation, input);
  yield page.items;
  while (page.next !== undefined) {
    const after = page.next;
    page = await patiently(() => perform(operation, { ...input, after }));
    yield page.items;
  }
}

async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error instanceof MetricsError && error.code === "UNAVAILABLE";
      if (!mayPass || attempt === attempts) throw error;
      await pause(Math.min(longestPauseMs, 2 ** attempt * 100));
    }
  }
}
