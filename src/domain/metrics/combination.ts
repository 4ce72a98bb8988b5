import type { FieldError } from "../../errors.js";
import { type MetricSubject, metricAggregates, metricSubjects } from "../../vocabulary.js";
import { dimensionOf, dimensionsOf, type MetricMeasure, measureOf, measuresOf } from "./catalogue.js";
import { type DimensionFilter, filterDimensions, type Measured, type UnlimitedQuestion } from "./question.js";

const spelled = (words: readonly string[]) => words.map((word) => word.toUpperCase()).join(", ");
const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

/** What a question combines that cannot be, each with what can; empty when it can be answered. */
export function impossibleIn(question: UnlimitedQuestion): readonly FieldError[] {
  const { of, groupBy, measures, having } = question;
  return [
    ...groupBy.flatMap((dimension, index) =>
      dimensionOf(of, dimension)
        ? []
        : { path: `groupBy.${index}`, message: noneOf(of, "are grouped by", dimensionsOf(of)) },
    ),
    ...measures.flatMap((measured, index) => impossibleMeasure(of, measured, `measures.${index}`)),
    ...having.flatMap((measured, index) => impossibleMeasure(of, measured, `having.${index}`)),
    ...impossibleFilter(question),
    ...question.orderBy.flatMap((_, index) => impossibleOrder(question, index)),
  ];
}

const noneOf = (of: MetricSubject, verb: string, possible: readonly string[]) =>
  `is not known of ${of.toUpperCase()}, which ${verb} ${spelled(possible)}`;

function impossibleMeasure(
  of: MetricSubject,
  { measure, aggregate }: Measured,
  at: string,
): readonly FieldError[] {
  const definition = measureOf(of, measure);
  if (definition === undefined) {
    const message = `${noneOf(of, "have", measuresOf(of))}; ${measure.toUpperCase()} is known of ${spelled(subjectsWith(measure))}`;
    return [{ path: `${at}.measure`, message }];
  }
  const path = `${at}.aggregate`;
  if (definition.kind === "value") {
    if (aggregate !== undefined) return [];
    return [
      {
        path,
        message: `is required, for ${measure.toUpperCase()} has many values: ${spelled(metricAggregates)}`,
      },
    ];
  }
  if (aggregate === undefined) return [];
  const message = `must be absent, for ${measure.toUpperCase()} is a ${definition.kind}; an aggregate is made of ${spelled(valuesOf(of))}`;
  return [{ path, message }];
}

const subjectsWith = (measure: MetricMeasure) =>
  metricSubjects.filter((subject) => measureOf(subject, measure) !== undefined);

const valuesOf = (of: MetricSubject) =>
  measuresOf(of).filter((name) => measureOf(of, name)?.kind === "value");

function impossibleFilter({ of, filter }: UnlimitedQuestion): readonly FieldError[] {
  const names = Object.keys(filterDimensions) as DimensionFilter[]; // the keys of that very object
  const possible = names.filter((name) => dimensionOf(of, filterDimensions[name]));
  return names.flatMap((name) =>
    filter[name] === undefined || possible.includes(name)
      ? []
      : {
          path: `filter.${name}`,
          message: `is not known of ${of.toUpperCase()}, which are restricted by ${quoted(["from", "to", "execution", ...possible])}`,
        },
  );
}

function impossibleOrder(
  { of, groupBy, timeGrain, orderBy }: UnlimitedQuestion,
  index: number,
): readonly FieldError[] {
  const at = `orderBy.${index}`;
  const { measure, aggregate, dimension, start } = orderBy[index] ?? {};
  const named = [measure, dimension, start === true || undefined].filter((one) => one !== undefined);
  if (named.length !== 1)
    return [{ path: at, message: "must name exactly one of `measure`, `dimension` and `start`" }];
  if (measure !== undefined) return impossibleMeasure(of, { measure, aggregate }, at);
  if (aggregate !== undefined)
    return [{ path: `${at}.aggregate`, message: "must be absent where there is no `measure`" }];
  if (dimension !== undefined && !groupBy.includes(dimension)) {
    const known = groupBy.filter((one) => dimensionOf(of, one));
    const possible = known.length > 0 ? `which has ${spelled(known)}` : "or order by `measure`";
    return [{ path: `${at}.dimension`, message: `must be in \`groupBy\`, ${possible}` }];
  }
  if (start && timeGrain === undefined)
    return [
      { path: `${at}.start`, message: "needs a `timeGrain`; without one order by `measure` or `dimension`" },
    ];
  return [];
}
