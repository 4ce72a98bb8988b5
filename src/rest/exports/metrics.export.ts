import type { CsvField } from "../../csv.js";
import { metricDimensions, metricMeasures } from "../../domain/metrics/catalogue.js";
import type { Measured, MetricRow, Metrics } from "../../domain/metrics/question.js";
import { inSnakeWords, withCamelNames } from "../../domain/snake-names.js";
import { badUserInput, type FieldError } from "../../errors.js";
import { exportMetrics } from "../../operations/metrics.operations.js";
import { metricAggregates, metricSubjects } from "../../vocabulary.js";
import { type Parameters, refuseUnknown, spellParameters } from "../parameters.js";
import type { RestRequest } from "../route.js";
import type { Columns, Export, Opened } from "./export.js";

/** What is said of one group, by dimension and measure. */
type Line = Readonly<Record<string, CsvField>>;

const parameters: Parameters = { question: { field: "question", isJson: true } };
const spellParameter = spellParameters(parameters);

/** The rows of any metrics query, which is asked in JSON, named as everywhere in REST. */
export const metricsExport: Export<Line> = {
  path: "/metrics",
  operation: exportMetrics,
  parameters,
  exported: "every row of a metrics query",
  spellError: (error) => (error.path.startsWith("question.") ? spellQuestion(error) : spellParameter(error)),
  open,
  present: (line) => line,
};

/** The words of a question, which GraphQL spells in capitals. */
const words = new Set<string>([
  ...metricSubjects,
  ...metricDimensions,
  ...metricMeasures,
  ...metricAggregates,
]);

function spellQuestion(error: FieldError): FieldError {
  const { path, message } = inSnakeWords(error);
  const spell = (word: string) => (words.has(word.toLowerCase()) ? word.toLowerCase() : word);
  return { path, message: message.replace(/\b[A-Z][A-Z0-9_]+\b/g, spell) };
}

async function open({ performAnew, query }: RestRequest): Promise<Opened<Line>> {
  refuseUnknown(parameters, query);
  const answer = await performAnew(exportMetrics, questionIn(query.question), "question");
  const lines = answer.rows.map((row) => lineOf(answer, row));
  return { columns: columnsOf(answer), pages: once(lines) };
}

function questionIn(text: unknown): unknown {
  if (text === undefined) return {}; // which tells all that a question takes
  try {
    return withCamelNames(JSON.parse(String(text)));
  } catch (error) {
    const message =
      'must be a question in JSON, such as {"of": "executions", "group_by": ["executor"], "measures": [{"measure": "count"}]}';
    throw badUserInput([{ path: "question", message }], { cause: error });
  }
}

const nameOf = ({ measure, aggregate }: Measured) => (aggregate ? `${measure}_${aggregate}` : measure);

/** A row without rows around it, for the names of its columns. */
const emptyRow: MetricRow = { start: null, end: null, key: {}, values: [] };

function columnsOf(answer: Metrics): Columns<Line> {
  const names = Object.keys(lineOf(answer, emptyRow));
  return Object.fromEntries(names.map((name) => [name, (line) => line[name] ?? null]));
}

function lineOf({ timeGrain, groupBy, measures }: Metrics, { start, end, key, values }: MetricRow): Line {
  return {
    ...(timeGrain !== null && { start, end }),
    ...Object.fromEntries(groupBy.map((dimension) => [dimension, key[dimension] ?? null])),
    ...Object.fromEntries(measures.map((measured, index) => [nameOf(measured), values[index] ?? null])),
  };
}

async function* once<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[], void> {
  yield items;
}
