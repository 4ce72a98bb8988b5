import type { Metrics, MetricsQuestion } from "../domain/metrics/question.js";
import * as repository from "../store/metrics.repository.js";
import { refuse, wrongOrder, wrongTimeZone } from "./report-range.js";
import type { UnitOfWork } from "./unit-of-work.js";

/**
 * Counts and measures of the facts that match; without a range all of them until now.
 * @throws MetricsError `BAD_USER_INPUT` for an empty range or an unknown time zone
 */
export async function metrics(work: UnitOfWork, question: MetricsQuestion): Promise<Metrics> {
  const { of, measures, timeZone, timeGrain = null, filter } = question;
  const range = { from: filter.from ?? null, to: filter.to ?? work.now };
  refuse([...wrongOrder(range, "filter.from"), ...(await wrongTimeZone(work, timeZone))]);
  const answer = await repository.metrics(work.db, question, range);
  return { of, measures, timeZone, timeGrain, ...range, asOf: work.now, ...answer };
}
