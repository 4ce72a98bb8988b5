import type { SQL } from "drizzle-orm";
import type { MetricDimension, MetricMeasure } from "../../domain/metrics/catalogue.js";
import type { MetricSubject } from "../../vocabulary.js";
import type { Formula } from "./aggregates.js";

/** Where the facts of a subject are, and what they say, as SQL. */
export interface Facts<Subject extends MetricSubject = MetricSubject> {
  /** The relation, in which `runs` are the runs of the facts. */
  readonly from: SQL;
  /** The time of a fact. */
  readonly clock: SQL;
  readonly dimensions: Readonly<Record<MetricDimension<Subject>, SQL>>;
  /** Of a value what a single fact has; of a count and a ratio how it is made of all facts of a row. */
  readonly measures: Readonly<Record<MetricMeasure<Subject>, SQL | Formula>>;
  /**
   * What has to be joined for some of the measures.
   * @param where which facts count
   */
  readonly joins?: Readonly<Partial<Record<MetricMeasure<Subject>, (where: SQL) => SQL>>>;
}
