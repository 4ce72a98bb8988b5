import type {
  CallSource,
  MetricAggregate,
  MetricSubject,
  OrderDirection,
  PhaseName,
  PhaseResult,
  TimeGrain,
} from "../../vocabulary.js";
import type { ExecutionFilter } from "../page.js";
import type { MetricDimension, MetricMeasure } from "./catalogue.js";

/** A measure, and what is made of its values; counts and ratios need no aggregate. */
export interface Measured {
  readonly measure: MetricMeasure;
  readonly aggregate?: MetricAggregate | undefined;
}

/** Which facts count; absent fields do not restrict. Times are half-open `[from, to)`, by the clock of the subject. */
export interface MetricFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Facts of these runs. */
  readonly execution?: ExecutionFilter | undefined;
  readonly phase?: readonly PhaseName[] | undefined;
  readonly phaseResult?: readonly PhaseResult[] | undefined;
  readonly rework?: boolean | undefined;
  readonly autonomous?: boolean | undefined;
  readonly model?: readonly string[] | undefined;
  readonly provider?: readonly string[] | undefined;
  readonly documentType?: readonly string[] | undefined;
  readonly callSource?: readonly CallSource[] | undefined;
  readonly attributed?: boolean | undefined;
}

/** The fields of a filter that restrict by a dimension of their own. */
export const filterDimensions = {
  phase: "phase",
  phaseResult: "phase_result",
  rework: "rework",
  autonomous: "autonomous",
  model: "model",
  provider: "provider",
  documentType: "document_type",
  callSource: "call_source",
  attributed: "attributed",
} as const satisfies Readonly<
  Record<Exclude<keyof MetricFilter, "from" | "to" | "execution">, MetricDimension>
>;

/** The name of one of these fields. */
export type DimensionFilter = keyof typeof filterDimensions;

/** Rows whose value lies in these bounds, each of which may be absent; a row without a value lies in none. */
export interface MetricHaving extends Measured {
  readonly atLeast?: number | undefined;
  readonly moreThan?: number | undefined;
  readonly atMost?: number | undefined;
  readonly lessThan?: number | undefined;
}

/** What rows are ordered by: a measure, a dimension, or time. What has no value comes last. */
export interface MetricOrder extends Partial<Measured> {
  readonly dimension?: MetricDimension | undefined;
  readonly start?: boolean | undefined;
  readonly direction: OrderDirection;
}

/** A question about many facts at once. */
export interface MetricsQuestion {
  readonly of: MetricSubject;
  readonly groupBy: readonly MetricDimension[];
  readonly measures: readonly Measured[];
  readonly filter: MetricFilter;
  readonly having: readonly MetricHaving[];
  readonly timeGrain?: TimeGrain | undefined;
  readonly timeZone: string;
  readonly orderBy: readonly MetricOrder[];
  readonly limit: number;
}

/** A question about all rows, however many. */
export type UnlimitedQuestion = Omit<MetricsQuestion, "limit">;

/** Words that stand in a row, or whether something holds of it; null where a fact has none. */
export type MetricKey = Readonly<Partial<Record<MetricDimension, string | boolean | null>>>;

/** What holds of the facts of one key, and of one bucket of time where there are buckets. */
export interface MetricRow {
  readonly key: MetricKey;
  readonly start: Date | null;
  readonly end: Date | null;
  /** In the order of the measures. */
  readonly values: readonly (number | null)[];
}

/** The answer to a metrics query; every part of it is of one moment. */
export interface Metrics extends Pick<MetricsQuestion, "of" | "groupBy" | "measures" | "timeZone"> {
  readonly from: Date | null;
  readonly to: Date;
  readonly asOf: Date;
  readonly timeGrain: TimeGrain | null;
  /** How many rows there are without the limit. */
  readonly rowCount: number;
  readonly rows: readonly MetricRow[];
  /** The measures over all facts that match the filter, whatever `having` and the limit leave out. */
  readonly totals: readonly (number | null)[];
}
