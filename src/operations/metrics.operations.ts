import { z } from "zod";
import { metricDimensions, metricMeasures } from "../domain/metrics/catalogue.js";
import { impossibleIn } from "../domain/metrics/combination.js";
import type { MetricFilter, UnlimitedQuestion } from "../domain/metrics/question.js";
import * as service from "../services/metrics.service.js";
import {
  callSources,
  metricAggregates,
  metricSubjects,
  orderDirections,
  phaseNames,
  phaseResults,
  roles,
  timeGrains,
} from "../vocabulary.js";
import { defaults } from "./defaults.js";
import { givenExecutionFilterSchema } from "./execution-filter.schema.js";
import { defaulted, type Fields, optional, record, word } from "./fields.schema.js";
import { operation } from "./operation.js";
import { readers } from "./roles.js";

const measured = { measure: word(metricMeasures), aggregate: optional(word(metricAggregates)) };

const bound = optional(z.number({ error: "must be a number" }));
const bounds = { atLeast: bound, moreThan: bound, atMost: bound, lessThan: bound };
const havingSchema = record({ ...measured, ...bounds }).refine(
  ({ atLeast, moreThan, atMost, lessThan }) =>
    [atLeast, moreThan, atMost, lessThan].some((one) => one !== undefined),
  { error: "must name at least one of `atLeast`, `moreThan`, `atMost` and `lessThan`" },
);

const orderSchema = record({
  measure: optional(word(metricMeasures)),
  aggregate: optional(word(metricAggregates)),
  dimension: optional(word(metricDimensions)),
  start: optional(z.boolean({ error: "must be true or false" })),
  direction: defaulted(word(orderDirections), defaults.orderDirection),
});

const filterSchema = (fields: Fields) =>
  record({
    from: optional(fields.instant),
    to: optional(fields.instant),
    execution: optional(givenExecutionFilterSchema(fields)),
    phase: optional(fields.oneOf(word(phaseNames))),
    phaseResult: optional(fields.oneOf(word(phaseResults))),
    rework: optional(fields.boolean),
    autonomous: optional(fields.boolean),
    model: optional(fields.oneOf(fields.identifier)),
    provider: optional(fields.oneOf(fields.identifier)),
    documentType: optional(fields.oneOf(fields.identifier)),
    callSource: optional(fields.oneOf(word(callSources))),
    attributed: optional(fields.boolean),
  })
    .nullish()
    .transform((filter): MetricFilter => filter ?? {});

const questionShape = (fields: Fields) => ({
  of: word(metricSubjects),
  groupBy: defaulted(fields.parts(word(metricDimensions)), []),
  measures: fields.parts(record(measured)).min(1, { error: "must name at least one measure" }),
  filter: filterSchema(fields),
  having: defaulted(fields.parts(havingSchema), []),
  timeGrain: optional(word(timeGrains)),
  timeZone: defaulted(fields.identifier, defaults.timeZone),
  orderBy: defaulted(fields.parts(orderSchema), []),
});

/** Counts and measures of many facts at once, grouped in any way that makes sense. */
export const metrics = operation({
  name: "metrics",
  kind: "read",
  isAnalysis: true,
  roles: readers,
  schema: (fields) =>
    record({
      ...questionShape(fields),
      limit: fields.metricRows(defaults.metricRows),
    }).superRefine(canBeAnswered),
  run: service.metrics,
});

/** The same with all rows there are, or as many as are asked for. */
export const exportMetrics = operation({
  name: "exportMetrics",
  kind: "read",
  isAnalysis: true,
  roles: readers,
  schema: (fields) =>
    record({ ...questionShape(fields), limit: optional(fields.exportedMetricRows) }).superRefine(
      canBeAnswered,
    ),
  run: service.allMetrics,
});

/** What metrics queries can be about. */
export const metricCatalog = operation({
  name: "metricCatalog",
  kind: "read",
  roles,
  schema: () => record({}),
  run: async () => metricSubjects,
});

function canBeAnswered(question: UnlimitedQuestion, context: z.RefinementCtx): void {
  for (const { path, message } of impossibleIn(question)) {
    context.addIssue({ code: "custom", path: path.split("."), message });
  }
}
