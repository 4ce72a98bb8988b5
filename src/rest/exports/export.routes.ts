import { Readable } from "node:stream";
import { z } from "zod";
import { type RestAnswer, type RestRequest, type RestRoute, readRoute } from "../route.js";
import { bugFixExport } from "./bug-fixes.export.js";
import { executionExport } from "./executions.export.js";
import { type Format, formats } from "./export.format.js";
import type { Export } from "./export.js";
import { llmCallExport } from "./llm-calls.export.js";
import { metricsExport } from "./metrics.export.js";

/** Everything that can be taken away, in every format. */
export const exportRoutes: readonly RestRoute[] = [
  ...routesOf(executionExport),
  ...routesOf(bugFixExport),
  ...routesOf(llmCallExport),
  ...routesOf(metricsExport),
];

function routesOf<Item>(of: Export<Item>): readonly RestRoute[] {
  return formats.map((format) =>
    readRoute(`${of.path}.${format.ending}`, of.operation, {
      operationId: `${of.operation.name}As${format.name}`,
      summary: `Take away ${of.exported}, ${format.summary}`,
      answer: (_perform, request) => answer(of, format, request),
      parameters: of.parameters,
      spellError: of.spellError,
      answers: { 200: { [format.mediaType]: z.string() } },
    }),
  );
}

/**
 * Answers when the first page is there, so that what is wrong with a request is told as ever. What fails later breaks the
 * connection off: what is not whole never looks as if it were.
 */
async function answer<Item>(of: Export<Item>, format: Format, request: RestRequest): Promise<RestAnswer> {
  const { columns, pages } = await of.open(request);
  const { value: first } = await pages.next();
  const text = (items: readonly Item[]) => format.text(items, columns, of.present);
  return {
    status: 200,
    headers: {
      "content-type": `${format.mediaType}; ${format.mediaParameters}`,
      "content-disposition": `attachment; filename="${of.path.slice(1)}.${format.ending}"`,
    },
    body: Readable.from(chunks(format.head(columns) + text(first ?? []), pages, text)),
  };
}

/** Each is made when the client has taken the one before. */
async function* chunks<Item>(
  first: string,
  pages: AsyncGenerator<readonly Item[], void>,
  text: (items: readonly Item[]) => string,
): AsyncGenerator<string, void> {
  yield first;
  for await (const items of pages) yield text(items);
}
