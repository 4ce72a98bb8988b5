import type { MetricSubject } from "../../vocabulary.js";
import { bugFixSubject } from "./bug-fix.subject.js";
import type { DimensionDefinition, MeasureDefinition, SubjectDefinition } from "./definition.js";
import { executionSubject } from "./execution.subject.js";
import { llmCallSubject } from "./llm-call.subject.js";
import { phaseSubject } from "./phase.subject.js";

const subjects = {
  executions: executionSubject,
  phases: phaseSubject,
  bug_fixes: bugFixSubject,
  llm_calls: llmCallSubject,
} as const satisfies Readonly<Record<MetricSubject, SubjectDefinition>>;

type Subjects = typeof subjects;

/** What the facts of a subject, or of any, can be grouped by. */
export type MetricDimension<Subject extends MetricSubject = MetricSubject> = {
  [Name in Subject]: keyof Subjects[Name]["dimensions"];
}[Subject];

/** What can be counted and measured of a subject, or of any. */
export type MetricMeasure<Subject extends MetricSubject = MetricSubject> = {
  [Name in Subject]: keyof Subjects[Name]["measures"];
}[Subject];

const namesOf = <Name extends string>(parts: readonly object[]) =>
  [...new Set(parts.flatMap((part) => Object.keys(part)))] as [Name, ...Name[]]; // the keys of those very objects

/** The names of all dimensions. */
export const metricDimensions = namesOf<MetricDimension>(
  Object.values(subjects).map(({ dimensions }) => dimensions),
);

/** The names of all measures. */
export const metricMeasures = namesOf<MetricMeasure>(Object.values(subjects).map(({ measures }) => measures));

/** What there is to know of a subject. */
export const subjectOf = (subject: MetricSubject): SubjectDefinition => subjects[subject];

/** What a dimension is to a subject; undefined when it cannot be grouped by it. */
export const dimensionOf = (
  subject: MetricSubject,
  dimension: MetricDimension,
): DimensionDefinition | undefined => subjectOf(subject).dimensions[dimension];

/** What a measure is of a subject; undefined when it has none of that name. */
export const measureOf = (subject: MetricSubject, measure: MetricMeasure): MeasureDefinition | undefined =>
  subjectOf(subject).measures[measure];

/** The dimensions by which a subject can be grouped, and restricted. */
export const dimensionsOf = (subject: MetricSubject) =>
  namesOf<MetricDimension>([subjectOf(subject).dimensions]);

/** The measures of a subject. */
export const measuresOf = (subject: MetricSubject) => namesOf<MetricMeasure>([subjectOf(subject).measures]);
