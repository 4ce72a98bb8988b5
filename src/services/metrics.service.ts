import type { Metrics, MetricsQuestion, UnlimitedQuestion } from "../domain/metrics/question.js";
import type { FieldError } from "../errors.js";
import * as repository from "../store/metrics.repository.js";
import { refuse, wrongOrder, wrongTimeZone } from "./report-range.js";
import type { UnitOfWork } from "./unit-of-work.js";

/**
 * Counts and measures of the facts that match; without a range all of them until now.
 * @throws MetricsError `BAD_USER_INPUT` for an empty range or an unknown time zone
 */
export async function metrics(work: UnitOfWork, question: MetricsQuestion): Promise<Metrics> {
  const { of, groupBy, measures, timeZone, timeGrain = null, filter } = question;
  const range = { from: filter.from ?? null, to: filter.to ?? work.now };
  refuse([...wrongOrder(range, "filter.from"), ...(await wrongTimeZone(work, timeZone))]);
  const answer = await repository.metrics(work.db, question, range);
  return { of, groupBy, measures, timeZone, timeGrain, ...range, asOf: work.now, ...answer };
}

/**
 * The same with every row; with a `limit` as many as that.
 * @throws MetricsError `BAD_USER_INPUT` as above, and when there are more rows than an export may have
 */
export async function allMetrics(
  work: UnitOfWork,
  { limit, ...question }: UnlimitedQuestion & { readonly limit?: number | undefined },
): Promise<Metrics> {
  const { exportedMetricRows } = work.limits;
  const answer = await metrics(work, { ...question, limit: limit ?? exportedMetricRows });
  if (limit === undefined && answer.rowCount > exportedMetricRows)
    refuse([tooManyRows(answer, exportedMetricRows)]);
  return answer;
}

function tooManyRows({ rowCount }: Metrics, atMost: number): FieldError {
  const message = `is required here, for there are ${rowCount} rows, and at most ${atMost} may be asked for; a narrower filter makes fewer`;
  return { path: "limit", message };
}
