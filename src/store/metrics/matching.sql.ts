import { and, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type DimensionFilter, filterDimensions, type MetricFilter } from "../../domain/metrics/question.js";
import type { Range } from "../../domain/report.js";
import { wsExecutions } from "../execution.table.js";
import { matchesExecution } from "../execution-filter.sql.js";
import { within } from "../range.sql.js";
import type { SomeFacts } from "./facts-of-subject.js";

const runs = alias(wsExecutions, "runs");
const restricting = Object.keys(filterDimensions) as DimensionFilter[]; // the keys of that very object

/** Whether a fact lies in a range, and passes a filter. */
export function matching(facts: SomeFacts, range: Range, filter: MetricFilter): SQL {
  const conditions = restricting.map((name) => {
    const wanted = filter[name];
    const dimension = facts.dimensions[filterDimensions[name]];
    if (wanted === undefined || dimension === undefined) return undefined;
    return typeof wanted === "boolean" ? sql`${dimension} = ${wanted}` : inArray(dimension, [...wanted]);
  });
  const ofRuns = filter.execution && and(isNotNull(runs.id), matchesExecution(filter.execution, runs));
  return and(within(facts.clock, range), ofRuns, ...conditions) ?? sql`true`;
}
