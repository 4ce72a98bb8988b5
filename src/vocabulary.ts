/**
 * The pinned words of the product, spelled as the database and REST spell them. Every enum, check constraint
 * and validation rule is made from these tuples.
 */

export const statuses = ["STARTED", "COMPLETED", "FAILED", "HARD_STOP", "BLOCKED"] as const;
export type Status = (typeof statuses)[number];

/** Statuses that end a run: they set `completed_at` and are never left again. */
export const finalStatuses = ["COMPLETED", "FAILED", "HARD_STOP"] as const satisfies readonly Status[];
export type FinalStatus = (typeof finalStatuses)[number];

export function isFinal(status: Status | undefined): status is FinalStatus {
  return (finalStatuses as readonly (Status | undefined)[]).includes(status); // includes takes its own words only
}

/** Statuses of a run in progress; a run moves freely between them. */
export const openStatuses = ["STARTED", "BLOCKED"] as const satisfies readonly Status[];

export const phaseNames = ["failing_tests", "implement", "verify", "do_no_harm_audit"] as const;
export type PhaseName = (typeof phaseNames)[number];

export const phaseResults = ["pass", "fail", "skipped"] as const;
export type PhaseResult = (typeof phaseResults)[number];

export const windows = ["24h", "7d", "30d", "90d", "all"] as const;
export type Window = (typeof windows)[number];

export const intervals = ["day", "week", "month"] as const;
export type Interval = (typeof intervals)[number];

/** What a write did: stored, a repeat of what is stored, or refused because its key holds something else. */
export const outcomes = ["RECORDED", "DUPLICATE", "CONFLICT_IGNORED"] as const;
export type Outcome = (typeof outcomes)[number];

/** Where the cost of an execution comes from; exactly one source counts. */
export const costSources = ["LLM_LOG", "EXECUTOR_REPORTED", "PRICED", "NONE"] as const;
export type CostSource = (typeof costSources)[number];

export const executionOrderFields = ["started_at", "completed_at", "duration", "llm_cost"] as const;
export type ExecutionOrderField = (typeof executionOrderFields)[number];

export const orderDirections = ["asc", "desc"] as const;
export type OrderDirection = (typeof orderDirections)[number];

/** How a recorded LLM call reached the product. */
export const callSources = ["api", "otlp", "llm_log"] as const;
export type CallSource = (typeof callSources)[number];

/** Where prices come from that the operator does not state: the data of a package, or nowhere. */
export const priceSources = ["genai-prices", "none"] as const;
export type PriceSource = (typeof priceSources)[number];

/** `ingest` keys write, `read` keys query, `admin` keys do both. */
export const roles = ["ingest", "read", "admin"] as const;
export type Role = (typeof roles)[number];

/** What a metrics query is about: each of its rows sums up some of these. */
export const metricSubjects = ["executions", "phases", "bug_fixes", "llm_calls"] as const;
export type MetricSubject = (typeof metricSubjects)[number];

/** What the values of many rows are made one of. */
export const metricAggregates = ["sum", "average", "min", "max", "p50", "p75", "p90", "p95", "p99"] as const;
export type MetricAggregate = (typeof metricAggregates)[number];

/** The lengths of time that a metrics query groups by. */
export const timeGrains = ["hour", "day", "week", "month"] as const;
export type TimeGrain = (typeof timeGrains)[number];
