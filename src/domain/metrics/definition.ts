/** What a measure counts in, as UCUM spells it; braces hold what is counted. */
type Unit =
  | "1"
  | "s"
  | "USD"
  | "{bug fix}"
  | "{call}"
  | "{cycle}"
  | "{file}"
  | "{phase}"
  | "{run}"
  | "{test}"
  | "{token}"
  | "{Work Statement}";

/** What some rows are told apart by. */
export interface DimensionDefinition {
  readonly definition: string;
  /** What a row without a key stands for; undefined when every row has one. */
  readonly nullMeans?: string;
}

/** What is counted or measured. */
export interface MeasureDefinition {
  /**
   * A `count` is 0 of nothing. A `value` belongs to single facts and needs an aggregate. A `ratio` is computed from sums
   * over all facts of a row, and null where there is nothing to divide by.
   */
  readonly kind: "count" | "value" | "ratio";
  readonly unit: Unit;
  readonly definition: string;
  readonly formula: string;
  /** When a fact has no value, and is left out, or a ratio is null; undefined when that cannot be. */
  readonly nullMeans?: string;
}

/** What a metrics query can be about. */
export interface SubjectDefinition {
  readonly definition: string;
  /** The time that places a fact in a range and in a bucket. */
  readonly clock: string;
  readonly dimensions: Readonly<Record<string, DimensionDefinition>>;
  readonly measures: Readonly<Record<string, MeasureDefinition>>;
}
