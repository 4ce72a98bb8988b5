import { metricDimensions, metricMeasures, subjectOf } from "../domain/metrics/catalogue.js";
import { type MetricSubject, metricAggregates, metricSubjects, timeGrains } from "../vocabulary.js";
import { type Descriptions, enumOf } from "./enums.js";

type PartOf = "dimensions" | "measures";

/** What a word means, of each subject that knows it; once where it means the same everywhere. */
function meaning(part: PartOf, name: string): string {
  const meanings = new Map<string, MetricSubject[]>();
  for (const subject of metricSubjects) {
    const definition = subjectOf(subject)[part][name]?.definition;
    if (definition !== undefined) meanings.set(definition, [...(meanings.get(definition) ?? []), subject]);
  }
  return [...meanings]
    .map(([definition, subjects]) => `${subjects.map((one) => one.toUpperCase()).join(", ")}: ${definition}`)
    .join(" ");
}

const meanings = <Name extends string>(part: PartOf, names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name.toUpperCase(), meaning(part, name)])) as Descriptions<Name>; // fromEntries forgets which keys there are

export const MetricSubjectEnum = enumOf(
  "MetricSubject",
  "What a metrics query is about; each of its rows sums up some of these.",
  metricSubjects,
  {
    EXECUTIONS: "Runs, by startedAt.",
    PHASES: "Phases of runs, by their startedAt.",
    BUG_FIXES: "Bug fixes, by createdAt.",
    LLM_CALLS: "LLM calls, by startedAt, whether they belong to a run or not.",
  },
);

export const MetricAggregateEnum = enumOf(
  "MetricAggregate",
  "What is made of the values of many facts; facts without a value are left out. Without any value a sum is 0, and all others are null.",
  metricAggregates,
  {
    SUM: "The sum.",
    AVERAGE: "The arithmetic mean.",
    MIN: "The smallest.",
    MAX: "The largest.",
    P50: "The median: half of the values are at most as large. Percentiles are exact, and interpolated as by percentile_cont of SQL.",
    P75: "The 75th percentile.",
    P90: "The 90th percentile.",
    P95: "The 95th percentile.",
    P99: "The 99th percentile.",
  },
);

export const TimeGrainEnum = enumOf(
  "TimeGrain",
  "The length of a bucket of time, in local time.",
  timeGrains,
  {
    HOUR: "From one full hour of the clock to the next; an hour that clocks go through twice makes two.",
    DAY: "From midnight to midnight.",
    WEEK: "From Monday to Monday.",
    MONTH: "From the first of a month to the first of the next.",
  },
);

export const MetricDimensionEnum = enumOf(
  "MetricDimension",
  "What the facts of a metrics query are told apart by. Which of them a subject knows, metricCatalog tells.",
  metricDimensions,
  meanings("dimensions", metricDimensions),
);

export const MetricMeasureEnum = enumOf(
  "MetricMeasure",
  "What a metrics query counts and measures. Which of them a subject knows, and their formulas, metricCatalog tells.",
  metricMeasures,
  meanings("measures", metricMeasures),
);
