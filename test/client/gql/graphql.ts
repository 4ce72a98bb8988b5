/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Which bug fixes: those that match every field; absent fields do not restrict. Ranges include From and exclude To. */
export type BugFixFilter = {
  /** Bugs that were fixed without a human, or those that took one. */
  autonomous?: boolean | null | undefined;
  /** Bug fixes that were recorded then or later. */
  createdFrom?: string | null | undefined;
  /** Bug fixes that were recorded before. */
  createdTo?: string | null | undefined;
  /** Bug fixes of this run. */
  executionId?: string | null | undefined;
  /** Bug fixes of runs by this executor. */
  executor?: string | null | undefined;
  /** Bug fixes of this scope: their own, not that of their run. */
  scopeId?: string | null | undefined;
  /** Bug fixes whose test has a name that begins so. Every character means itself, and case counts. */
  testNamePrefix?: string | null | undefined;
  /** Bug fixes in which this phrase stands: in description, rootCause, testName or fixSummary. Upper and lower case are alike (letters beyond ASCII as the locale of the database has it); every character means itself. */
  text?: string | null | undefined;
  /** Bug fixes of runs of this Work Package. */
  wpId?: string | null | undefined;
  /** Bug fixes of runs of this Work Statement. */
  wsId?: string | null | undefined;
};

/** An order of bug fixes: by when they were recorded; ties are in id order. */
export type BugFixOrder = {
  /** Which end comes first. */
  direction?: OrderDirection | null | undefined;
};

/** How an LLM call reached the product. */
export type CallSource =
  /** It was reported over GraphQL, by recordLlmCalls or recordEvents. */
  | 'API'
  /** It was copied from the LLM log of the surrounding system. */
  | 'LLM_LOG'
  /** It came with the telemetry of an executor. */
  | 'OTLP';

/** The end of a run, with whatever metrics are known by then. */
export type CompleteExecutionInput = {
  /** When it ended; now when it is absent. */
  completedAt?: string | null | undefined;
  /** The files the run touched. */
  fileMetrics?: FileMetricsInput | null | undefined;
  /** The id of the run. */
  id: string;
  /** LLM calls so far, as a total. */
  llmCalls?: number | null | undefined;
  /** The cost so far, as a total. */
  llmCostUsd?: number | null | undefined;
  /** The model that the executor works with. */
  llmModel?: string | null | undefined;
  /** Tokens sent to models so far, as a total. */
  llmTokensIn?: number | null | undefined;
  /** Tokens received from models so far, as a total. */
  llmTokensOut?: number | null | undefined;
  /** How often work was done again after a failed verify. */
  reworkCycles?: number | null | undefined;
  /** How it ended: COMPLETED, FAILED or HARD_STOP. */
  status?: ExecutionStatus | null | undefined;
  /** Counts of tests, as totals. */
  testMetrics?: TestMetricsInput | null | undefined;
  /** The Work Package that the Work Statement belongs to. */
  wpId?: string | null | undefined;
};

/** On whose authority a cost stands; one at a time, never a sum. */
export type CostSource =
  /** What the executor itself reported, because none of its calls has a cost. */
  | 'EXECUTOR_REPORTED'
  /** The sum of the recorded LLM calls of the run. */
  | 'LLM_LOG'
  /** Nothing is known. */
  | 'NONE'
  /** The reported tokens at the price of the reported model, because no cost was reported. */
  | 'PRICED';

/** One event of a batch: exactly one field is set, and its name says what the event is. */
export type EventInput = {
  /** The end of a run. */
  completeExecution?: CompleteExecutionInput | null | undefined;
  /** A bug fix. */
  recordBugFix?: RecordBugFixInput | null | undefined;
  /** An LLM call. */
  recordLlmCall?: LlmCallInput | null | undefined;
  /** A phase boundary. */
  recordPhase?: RecordPhaseInput | null | undefined;
  /** The start of a run. */
  startExecution?: StartExecutionInput | null | undefined;
  /** A partial update of a run. */
  updateExecution?: UpdateExecutionInput | null | undefined;
};

/** Which executions: those that match every field; absent fields do not restrict. Ranges include From and exclude To. */
export type ExecutionFilter = {
  /** Runs that ended then or later; never those in progress. */
  completedFrom?: string | null | undefined;
  /** Runs that ended before; never those in progress. */
  completedTo?: string | null | undefined;
  /** Runs that cost so much or more (cost.totalUsd); never those of unknown cost. */
  costFrom?: number | null | undefined;
  /** Runs whose cost stands on one of these authorities. At most 100, unless the server is configured otherwise; an empty list matches none. */
  costSource?: Array<CostSource> | null | undefined;
  /** Runs that cost less (cost.totalUsd); never those of unknown cost. */
  costTo?: number | null | undefined;
  /** Runs that took so many whole seconds or more; never those in progress. */
  durationFrom?: number | null | undefined;
  /** Runs that took fewer whole seconds; never those in progress. */
  durationTo?: number | null | undefined;
  /** Runs by this executor. */
  executor?: string | null | undefined;
  /** Runs by one of these executors. At most 100, unless the server is configured otherwise; an empty list matches none. */
  executorIn?: Array<string> | null | undefined;
  /** Runs by executors whose names begin so. Every character means itself, and case counts. */
  executorPrefix?: string | null | undefined;
  /** Runs with a bug fix, or those without one. */
  hasBugFixes?: boolean | null | undefined;
  /** Runs with a recorded LLM call of unknown cost, or those without one. */
  hasUnpricedCalls?: boolean | null | undefined;
  /** Runs that reported one of these as the model that the executor works with (llmModel). At most 100, unless the server is configured otherwise; an empty list matches none. */
  llmModelIn?: Array<string> | null | undefined;
  /** Runs with so many rework cycles or more. */
  reworkAtLeast?: number | null | undefined;
  /** Runs of this scope. */
  scopeId?: string | null | undefined;
  /** Runs of one of these scopes. At most 100, unless the server is configured otherwise; an empty list matches none. */
  scopeIdIn?: Array<string> | null | undefined;
  /** Runs that started then or later. */
  startedFrom?: string | null | undefined;
  /** Runs that started before. */
  startedTo?: string | null | undefined;
  /** Runs with one of these statuses. */
  status?: Array<ExecutionStatus> | null | undefined;
  /** Runs in which this phrase stands: in wsId, wpId, or in the description, rootCause, testName or fixSummary of one of their bug fixes. Upper and lower case are alike (letters beyond ASCII as the locale of the database has it); every character means itself. It reads every run and bug fix that the other fields leave. */
  text?: string | null | undefined;
  /** Runs of this Work Package. */
  wpId?: string | null | undefined;
  /** Runs of one of these Work Packages. At most 100, unless the server is configured otherwise; an empty list matches none. */
  wpIdIn?: Array<string> | null | undefined;
  /** Runs of Work Packages whose ids begin so. Every character means itself, and case counts. */
  wpIdPrefix?: string | null | undefined;
  /** Runs of this Work Statement. */
  wsId?: string | null | undefined;
  /** Runs of one of these Work Statements. At most 100, unless the server is configured otherwise; an empty list matches none. */
  wsIdIn?: Array<string> | null | undefined;
  /** Runs of Work Statements whose ids begin so. Every character means itself, and case counts. */
  wsIdPrefix?: string | null | undefined;
};

/** An order of executions; ties are in id order. */
export type ExecutionOrder = {
  /** Which end comes first. */
  direction?: OrderDirection | null | undefined;
  /** What they are ordered by. */
  field?: ExecutionOrderField | null | undefined;
};

/** What executions are ordered by. */
export type ExecutionOrderField =
  /** When the run ended; those in progress come last. */
  | 'COMPLETED_AT'
  /** How long the run took; those in progress come last. */
  | 'DURATION'
  /** What the run cost; those of unknown cost come last. */
  | 'LLM_COST'
  /** When the run started. */
  | 'STARTED_AT';

/** Where a run stands. */
export type ExecutionStatus =
  /** In progress, but waiting for something it cannot do itself. */
  | 'BLOCKED'
  /** Ended, and did what it was to do. */
  | 'COMPLETED'
  /** Ended without doing it. */
  | 'FAILED'
  /** Stopped from outside before it could end. */
  | 'HARD_STOP'
  /** In progress. */
  | 'STARTED';

/** A merge patch (RFC 7396): named lists replace, absent ones stay, null empties. */
export type FileMetricsInput = {
  /** All files that did not exist before. */
  created?: Array<string> | null | undefined;
  /** All files that are gone. */
  deleted?: Array<string> | null | undefined;
  /** All files that were changed. */
  modified?: Array<string> | null | undefined;
};

/** The length of one bucket of a trend, in local time. */
export type Interval =
  /** From midnight to midnight. */
  | 'DAY'
  /** From the first of a month to the first of the next. */
  | 'MONTH'
  /** From Monday to Monday. */
  | 'WEEK';

/** One LLM call. Its token counts are disjoint: what was read from a cache is not input. */
export type LlmCallInput = {
  /** Input tokens read from a cache. */
  cacheReadTokens?: number | null | undefined;
  /** Input tokens written to a cache for an hour. */
  cacheWrite1hTokens?: number | null | undefined;
  /** Input tokens written to a cache for 5 minutes. */
  cacheWrite5mTokens?: number | null | undefined;
  /** What it cost. Without it its tokens are priced; a call of a model without a known price counts as unpriced. */
  costUsd?: number | null | undefined;
  /** The kind of document it worked on. */
  documentType?: string | null | undefined;
  /** The run it was made in, which may start later; without it the call belongs to the run of its session, or counts as unattributed spend. */
  executionId?: string | null | undefined;
  /** The executor's own session. It finds the run of a call that names none: the one the session was bound to when the call started. */
  executorSessionId?: string | null | undefined;
  /** Input tokens that no cache was involved in. */
  inputTokens?: number | null | undefined;
  /** The model, as its provider names it. */
  model: string;
  /** Output tokens. */
  outputTokens?: number | null | undefined;
  /** The phase it was made in, when the reporter knows. */
  phase?: PhaseName | null | undefined;
  /** Who serves the model, such as anthropic. */
  provider?: string | null | undefined;
  /** Names the call; the same key again is the same call. */
  sourceKey: string;
  /** When the call was made. */
  startedAt: string;
};

/** What is made of the values of many facts; facts without a value are left out. Without any value a sum is 0, and all others are null. */
export type MetricAggregate =
  /** The arithmetic mean. */
  | 'AVERAGE'
  /** The largest. */
  | 'MAX'
  /** The smallest. */
  | 'MIN'
  /** The median: half of the values are at most as large. Percentiles are exact, and interpolated as by percentile_cont of SQL. */
  | 'P50'
  /** The 75th percentile. */
  | 'P75'
  /** The 90th percentile. */
  | 'P90'
  /** The 95th percentile. */
  | 'P95'
  /** The 99th percentile. */
  | 'P99'
  /** The sum. */
  | 'SUM';

/** What the facts of a metrics query are told apart by. Which of them a subject knows, metricCatalog tells. */
export type MetricDimension =
  /** LLM_CALLS: Whether it belongs to a known run. */
  | 'ATTRIBUTED'
  /** BUG_FIXES: Whether it was fixed without a human. */
  | 'AUTONOMOUS'
  /** LLM_CALLS: How the call reached the product. */
  | 'CALL_SOURCE'
  /** EXECUTIONS: On whose authority the cost of the run stands. */
  | 'COST_SOURCE'
  /** LLM_CALLS: The kind of document it worked on. */
  | 'DOCUMENT_TYPE'
  /** EXECUTIONS, PHASES, BUG_FIXES, LLM_CALLS: Who works on the run. */
  | 'EXECUTOR'
  /** EXECUTIONS: The model whose calls made most of the run's cost, ties and no cost by number of calls, then by name; of a run without calls the model it reported. LLM_CALLS: The model, as its provider names it. */
  | 'MODEL'
  /** PHASES: The name of the phase. LLM_CALLS: The phase that the call names, else the one that was open alone in its run when it started. */
  | 'PHASE'
  /** PHASES: How the phase ended. */
  | 'PHASE_RESULT'
  /** LLM_CALLS: Who serves the model. */
  | 'PROVIDER'
  /** PHASES: Whether a verify of its run had failed before it. */
  | 'REWORK'
  /** EXECUTIONS, PHASES, BUG_FIXES, LLM_CALLS: The scope of the run. */
  | 'SCOPE_ID'
  /** EXECUTIONS, PHASES, BUG_FIXES, LLM_CALLS: Where the run stands now. */
  | 'STATUS'
  /** EXECUTIONS, PHASES, BUG_FIXES, LLM_CALLS: The Work Package of the run. */
  | 'WP_ID'
  /** EXECUTIONS, PHASES, BUG_FIXES, LLM_CALLS: The Work Statement of the run. */
  | 'WS_ID';

/** Which facts count; absent fields do not restrict, and an empty list lets nothing through. Times are half-open [from, to), by the clock of the subject. */
export type MetricFilter = {
  /** LLM calls that belong to a known run, or all others. */
  attributed?: boolean | null | undefined;
  /** Bug fixes without a human, or all others. */
  autonomous?: boolean | null | undefined;
  /** LLM calls that reached the product like this. */
  callSource?: Array<CallSource> | null | undefined;
  /** LLM calls that worked on these kinds of document. */
  documentType?: Array<string> | null | undefined;
  /** Facts of these runs; LLM calls without a run are left out. */
  execution?: ExecutionFilter | null | undefined;
  /** Facts of then or later; all until then when it is absent. */
  from?: string | null | undefined;
  /** LLM calls of these models, or runs that spent most on them. */
  model?: Array<string> | null | undefined;
  /** Phases of these names, or LLM calls made in them. */
  phase?: Array<PhaseName> | null | undefined;
  /** Phases that ended like this. */
  phaseResult?: Array<PhaseResult> | null | undefined;
  /** LLM calls served by these. */
  provider?: Array<string> | null | undefined;
  /** Phases after a failed verify of their run, or all others. */
  rework?: boolean | null | undefined;
  /** Facts of before; now when it is absent. */
  to?: string | null | undefined;
};

/** Bounds for a measure of a row, which all hold. A row in which it is null is left out. */
export type MetricHavingInput = {
  /** What is made of its values; required for values, and absent for counts and ratios. */
  aggregate?: MetricAggregate | null | undefined;
  /** Rows in which it is this or more. */
  atLeast?: number | null | undefined;
  /** Rows in which it is this or less. */
  atMost?: number | null | undefined;
  /** Rows in which it is less than this. */
  lessThan?: number | null | undefined;
  /** What is counted or measured. */
  measure: MetricMeasure;
  /** Rows in which it is more than this. */
  moreThan?: number | null | undefined;
};

/** What a metrics query counts and measures. Which of them a subject knows, and their formulas, metricCatalog tells. */
export type MetricMeasure =
  /** EXECUTIONS: Bugs fixed during the run without a human. */
  | 'AUTONOMOUS_BUG_FIXES'
  /** BUG_FIXES: The fraction that was fixed without a human. */
  | 'AUTONOMOUS_RATE'
  /** EXECUTIONS: Bugs fixed during the run; its average is bug fixes per run. */
  | 'BUG_FIXES'
  /** LLM_CALLS: The fraction of input tokens that came from a cache. */
  | 'CACHE_READ_RATE'
  /** LLM_CALLS: Input tokens read from a cache. */
  | 'CACHE_READ_TOKENS'
  /** LLM_CALLS: Input tokens written to a cache for an hour. */
  | 'CACHE_WRITE_1H_TOKENS'
  /** LLM_CALLS: Input tokens written to a cache for 5 minutes. */
  | 'CACHE_WRITE_5M_TOKENS'
  /** EXECUTIONS: Runs with status COMPLETED. */
  | 'COMPLETED_COUNT'
  /** EXECUTIONS: How long a completed run took, as on the scoreboard. */
  | 'COMPLETED_DURATION_SECONDS'
  /** EXECUTIONS: The same of completed runs, as on the dashboard. */
  | 'COMPLETED_REWORK_CYCLES'
  /** EXECUTIONS: The fraction of runs whose cost is known. */
  | 'COST_COVERAGE'
  /** EXECUTIONS: What a completed Work Statement cost, the runs that failed on the way included. */
  | 'COST_PER_COMPLETED_USD'
  /** EXECUTIONS: What a run that passed at the first try cost, all other runs included. */
  | 'COST_PER_FIRST_PASS_USD'
  /** EXECUTIONS: What the run cost. PHASES: What the LLM calls of the phase cost. LLM_CALLS: What the call cost. */
  | 'COST_USD'
  /** EXECUTIONS: Runs. PHASES: Phases. BUG_FIXES: Bug fixes. LLM_CALLS: LLM calls. */
  | 'COUNT'
  /** EXECUTIONS: How long the run took, whatever its status. PHASES: How long the phase took. */
  | 'DURATION_SECONDS'
  /** PHASES: Different runs among the phases. BUG_FIXES: Different runs among the bug fixes. LLM_CALLS: Different runs among the calls. */
  | 'EXECUTION_COUNT'
  /** PHASES: Files modified in the phase. BUG_FIXES: Files that the fix changed. */
  | 'FILES_MODIFIED'
  /** EXECUTIONS: Files that the run created, changed or deleted. */
  | 'FILES_TOUCHED'
  /** EXECUTIONS: Completed runs that nothing had to be done again in. */
  | 'FIRST_PASS_COUNT'
  /** EXECUTIONS: The fraction of completed runs that passed at the first try, as on the scoreboard. */
  | 'FIRST_PASS_RATE'
  /** LLM_CALLS: Input tokens that no cache was involved in. */
  | 'INPUT_TOKENS'
  /** EXECUTIONS: Recorded LLM calls of the run. */
  | 'LLM_CALLS'
  /** EXECUTIONS: What the run's LLM calls cost. */
  | 'LOGGED_COST_USD'
  /** LLM_CALLS: Output tokens. */
  | 'OUTPUT_TOKENS'
  /** PHASES: The fraction of passed phases among those that passed or failed. */
  | 'PASS_RATE'
  /** LLM_CALLS: The fraction of calls whose cost is known. */
  | 'PRICED_RATE'
  /** EXECUTIONS: What the executor said that the run cost. */
  | 'REPORTED_COST_USD'
  /** EXECUTIONS: Tokens sent to models, as the executor reported them. */
  | 'REPORTED_TOKENS_IN'
  /** EXECUTIONS: Tokens received from models, as the executor reported them. */
  | 'REPORTED_TOKENS_OUT'
  /** EXECUTIONS: How often work was done again after a failed verify, whatever the status of the run. */
  | 'REWORK_CYCLES'
  /** EXECUTIONS: The fraction of completed runs among those that ended, as on the scoreboard. */
  | 'SETTLED_SUCCESS_RATE'
  /** EXECUTIONS: The fraction of completed runs, as on the scoreboard. */
  | 'SUCCESS_RATE'
  /** EXECUTIONS: Tests that failed. PHASES: Tests that failed in the phase. */
  | 'TESTS_FAILING'
  /** EXECUTIONS: Tests that passed. PHASES: Tests that passed in the phase. */
  | 'TESTS_PASSING'
  /** EXECUTIONS: Tests that were left out. */
  | 'TESTS_SKIPPED'
  /** EXECUTIONS: Tests that the run wrote. PHASES: Tests written in the phase. */
  | 'TESTS_WRITTEN'
  /** LLM_CALLS: Tokens of all five buckets. */
  | 'TOKENS'
  /** LLM_CALLS: The fraction of the known cost that belongs to no known run. */
  | 'UNATTRIBUTED_COST_RATE'
  /** LLM_CALLS: Calls whose cost is unknown. */
  | 'UNPRICED_COUNT'
  /** EXECUTIONS: Recorded LLM calls of the run whose cost is unknown. */
  | 'UNPRICED_LLM_CALLS'
  /** EXECUTIONS: Different Work Statements among the runs. */
  | 'WS_COUNT';

/** What is measured. */
export type MetricMeasureInput = {
  /** What is made of its values; required for values, and absent for counts and ratios. */
  aggregate?: MetricAggregate | null | undefined;
  /** What is counted or measured. */
  measure: MetricMeasure;
};

/** What rows are ordered by: exactly one of measure, dimension and start. What has no value comes last. */
export type MetricOrderInput = {
  /** What is made of the values of measure. */
  aggregate?: MetricAggregate | null | undefined;
  /** A dimension of groupBy, in the order of Unicode code points. */
  dimension?: MetricDimension | null | undefined;
  /** Which end comes first. */
  direction?: OrderDirection | null | undefined;
  /** A measure, which need not be among those asked for. */
  measure?: MetricMeasure | null | undefined;
  /** True: the start of the bucket of timeGrain. */
  start?: boolean | null | undefined;
};

/** What a metrics query is about; each of its rows sums up some of these. */
export type MetricSubject =
  /** Bug fixes, by createdAt. */
  | 'BUG_FIXES'
  /** Runs, by startedAt. */
  | 'EXECUTIONS'
  /** LLM calls, by startedAt, whether they belong to a run or not. */
  | 'LLM_CALLS'
  /** Phases of runs, by their startedAt. */
  | 'PHASES';

/** Which end comes first; what has no value always comes last. */
export type OrderDirection =
  /** The smallest first. */
  | 'ASC'
  /** The largest first. */
  | 'DESC';

/** What a write did; none of these is an error. */
export type Outcome =
  /** Its key is taken by something different; nothing changed, and what is stored is returned. */
  | 'CONFLICT_IGNORED'
  /** A repeat: every field it names equals what is stored, and nothing changed. */
  | 'DUPLICATE'
  /** It was stored. */
  | 'RECORDED';

/** The phases of a run. */
export type PhaseName =
  /** Checking that nothing else was broken. */
  | 'DO_NO_HARM_AUDIT'
  /** Writing tests that fail until the work is done. */
  | 'FAILING_TESTS'
  /** Doing the work. */
  | 'IMPLEMENT'
  /** Running the tests. */
  | 'VERIFY';

/** How a phase ended. */
export type PhaseResult =
  /** It did not. */
  | 'FAIL'
  /** It reached what it was for. */
  | 'PASS'
  /** It was left out. */
  | 'SKIPPED';

/** A bug that was found and fixed during a run. Sending it again under the same id is safe. */
export type RecordBugFixInput = {
  /** Whether it was fixed without a human. */
  autonomous: boolean;
  /** What was wrong. */
  description: string;
  /** The run in which it was found. */
  executionId: string;
  /** The files that the fix changed. */
  filesModified?: Array<string> | null | undefined;
  /** What was done about it. */
  fixSummary: string;
  /** The id of the bug fix; the server makes one when it is absent. */
  id?: string | null | undefined;
  /** Why it was wrong. */
  rootCause: string;
  /** Reserved for tenants: stored, not enforced. */
  scopeId?: string | null | undefined;
  /** The test that shows it. */
  testName: string;
};

/** A phase boundary. Without completedAt it opens a phase; the same eventId with completedAt closes it, once. */
export type RecordPhaseInput = {
  /** When it ended. */
  completedAt?: string | null | undefined;
  /** Seconds; overruled by the two times when both are there. */
  durationSeconds?: number | null | undefined;
  /** Names the phase, so that a repeat is not counted twice; the server makes one when it is absent. */
  eventId?: string | null | undefined;
  /** The run. */
  executionId: string;
  /** Files modified in it. */
  filesModified?: number | null | undefined;
  /** Which phase. */
  name: PhaseName;
  /** How it ended. */
  result?: PhaseResult | null | undefined;
  /** Its place in the run, from 1; the next one when it is absent. */
  sequence?: number | null | undefined;
  /** When it began. */
  startedAt: string;
  /** Tests that failed in it. */
  testsFailing?: number | null | undefined;
  /** Tests that passed in it. */
  testsPassing?: number | null | undefined;
  /** Tests written in it. */
  testsWritten?: number | null | undefined;
};

/** The start of a run. Sending it again under the same id is safe. */
export type StartExecutionInput = {
  /** Who works on it: claude_code, human, subagent, or any other name; 1 to 64 characters, unless the server is configured otherwise. */
  executor: string;
  /** The executor's own session, to find its LLM calls by. */
  executorSessionId?: string | null | undefined;
  /** The id of the run; the server makes one when it is absent. */
  id?: string | null | undefined;
  /** The model that the executor works with. */
  llmModel?: string | null | undefined;
  /** Reserved for tenants: stored and filterable, not enforced. */
  scopeId?: string | null | undefined;
  /** When the run started; now when it is absent. */
  startedAt?: string | null | undefined;
  /** The Work Package that the Work Statement belongs to. */
  wpId?: string | null | undefined;
  /** The Work Statement; not empty. */
  wsId: string;
};

/** A merge patch (RFC 7396): named counts replace, absent ones stay, null returns to the derived value. */
export type TestMetricsInput = {
  /** Tests that fail, as a total. */
  failing?: number | null | undefined;
  /** Tests that pass, as a total. */
  passing?: number | null | undefined;
  /** Tests that were skipped, as a total. */
  skipped?: number | null | undefined;
  /** Tests written, as a total. */
  written?: number | null | undefined;
};

/** The length of a bucket of time, in local time. */
export type TimeGrain =
  /** From midnight to midnight. */
  | 'DAY'
  /** From one full hour of the clock to the next; an hour that clocks go through twice makes two. */
  | 'HOUR'
  /** From the first of a month to the first of the next. */
  | 'MONTH'
  /** From Monday to Monday. */
  | 'WEEK';

/** A partial update of a run: absent fields stay as they are, and null says the same as absence. */
export type UpdateExecutionInput = {
  /** The files the run touched. */
  fileMetrics?: FileMetricsInput | null | undefined;
  /** The id of the run. */
  id: string;
  /** LLM calls so far, as a total. */
  llmCalls?: number | null | undefined;
  /** The cost so far, as a total. */
  llmCostUsd?: number | null | undefined;
  /** The model that the executor works with. */
  llmModel?: string | null | undefined;
  /** Tokens sent to models so far, as a total. */
  llmTokensIn?: number | null | undefined;
  /** Tokens received from models so far, as a total. */
  llmTokensOut?: number | null | undefined;
  /** How often work was done again after a failed verify. */
  reworkCycles?: number | null | undefined;
  /** Where the run stands; a final status ends it. */
  status?: ExecutionStatus | null | undefined;
  /** Counts of tests, as totals. */
  testMetrics?: TestMetricsInput | null | undefined;
  /** The Work Package that the Work Statement belongs to. */
  wpId?: string | null | undefined;
};

/** A span of time that ends now. */
export type Window =
  /** Everything until now. */
  | 'ALL'
  /** The last 7 times 24 hours. */
  | 'LAST_7D'
  /** The last 24 hours. */
  | 'LAST_24H'
  /** The last 30 times 24 hours. */
  | 'LAST_30D'
  /** The last 90 times 24 hours. */
  | 'LAST_90D';

export type ExecutionFieldsFragment = { id: string, wsId: string, wpId: string | null, scopeId: string | null, executor: string, status: ExecutionStatus, startedAt: string, completedAt: string | null, durationSeconds: number | null, reworkCycles: number, llmCalls: number, llmTokensIn: number, llmTokensOut: number, llmCostUsd: number | null, llmModel: string | null, createdAt: string, phases: Array<{ eventId: string, sequence: number, name: PhaseName, startedAt: string, completedAt: string | null, durationSeconds: number | null, result: PhaseResult | null, testsWritten: number | null, testsPassing: number | null, testsFailing: number | null, filesModified: number | null, costUsd: number | null }>, testMetrics: { written: number, passing: number, failing: number, skipped: number }, fileMetrics: { created: Array<string>, modified: Array<string>, deleted: Array<string> }, bugFixes: Array<{ id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string }>, cost: { totalUsd: number | null, source: CostSource, loggedUsd: number | null, reportedUsd: number | null, estimatedUsd: number | null, differenceUsd: number | null, callCount: number, unpricedCallCount: number, coverage: number | null, unattributedToPhaseUsd: number | null } };

export type BugFixFieldsFragment = { id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string };

export type StartExecutionMutationVariables = Exact<{
  input: StartExecutionInput;
}>;


export type StartExecutionMutation = { startExecution: { outcome: Outcome, execution: { id: string, wsId: string, wpId: string | null, scopeId: string | null, executor: string, status: ExecutionStatus, startedAt: string, completedAt: string | null, durationSeconds: number | null, reworkCycles: number, llmCalls: number, llmTokensIn: number, llmTokensOut: number, llmCostUsd: number | null, llmModel: string | null, createdAt: string, phases: Array<{ eventId: string, sequence: number, name: PhaseName, startedAt: string, completedAt: string | null, durationSeconds: number | null, result: PhaseResult | null, testsWritten: number | null, testsPassing: number | null, testsFailing: number | null, filesModified: number | null, costUsd: number | null }>, testMetrics: { written: number, passing: number, failing: number, skipped: number }, fileMetrics: { created: Array<string>, modified: Array<string>, deleted: Array<string> }, bugFixes: Array<{ id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string }>, cost: { totalUsd: number | null, source: CostSource, loggedUsd: number | null, reportedUsd: number | null, estimatedUsd: number | null, differenceUsd: number | null, callCount: number, unpricedCallCount: number, coverage: number | null, unattributedToPhaseUsd: number | null } } } };

export type UpdateExecutionMutationVariables = Exact<{
  input: UpdateExecutionInput;
}>;


export type UpdateExecutionMutation = { updateExecution: { outcome: Outcome, execution: { id: string, wsId: string, wpId: string | null, scopeId: string | null, executor: string, status: ExecutionStatus, startedAt: string, completedAt: string | null, durationSeconds: number | null, reworkCycles: number, llmCalls: number, llmTokensIn: number, llmTokensOut: number, llmCostUsd: number | null, llmModel: string | null, createdAt: string, phases: Array<{ eventId: string, sequence: number, name: PhaseName, startedAt: string, completedAt: string | null, durationSeconds: number | null, result: PhaseResult | null, testsWritten: number | null, testsPassing: number | null, testsFailing: number | null, filesModified: number | null, costUsd: number | null }>, testMetrics: { written: number, passing: number, failing: number, skipped: number }, fileMetrics: { created: Array<string>, modified: Array<string>, deleted: Array<string> }, bugFixes: Array<{ id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string }>, cost: { totalUsd: number | null, source: CostSource, loggedUsd: number | null, reportedUsd: number | null, estimatedUsd: number | null, differenceUsd: number | null, callCount: number, unpricedCallCount: number, coverage: number | null, unattributedToPhaseUsd: number | null } } } };

export type CompleteExecutionMutationVariables = Exact<{
  input: CompleteExecutionInput;
}>;


export type CompleteExecutionMutation = { completeExecution: { outcome: Outcome, execution: { id: string, wsId: string, wpId: string | null, scopeId: string | null, executor: string, status: ExecutionStatus, startedAt: string, completedAt: string | null, durationSeconds: number | null, reworkCycles: number, llmCalls: number, llmTokensIn: number, llmTokensOut: number, llmCostUsd: number | null, llmModel: string | null, createdAt: string, phases: Array<{ eventId: string, sequence: number, name: PhaseName, startedAt: string, completedAt: string | null, durationSeconds: number | null, result: PhaseResult | null, testsWritten: number | null, testsPassing: number | null, testsFailing: number | null, filesModified: number | null, costUsd: number | null }>, testMetrics: { written: number, passing: number, failing: number, skipped: number }, fileMetrics: { created: Array<string>, modified: Array<string>, deleted: Array<string> }, bugFixes: Array<{ id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string }>, cost: { totalUsd: number | null, source: CostSource, loggedUsd: number | null, reportedUsd: number | null, estimatedUsd: number | null, differenceUsd: number | null, callCount: number, unpricedCallCount: number, coverage: number | null, unattributedToPhaseUsd: number | null } } } };

export type RecordPhaseMutationVariables = Exact<{
  input: RecordPhaseInput;
}>;


export type RecordPhaseMutation = { recordPhase: { outcome: Outcome, phase: { eventId: string, sequence: number, name: PhaseName }, execution: { id: string, wsId: string, wpId: string | null, scopeId: string | null, executor: string, status: ExecutionStatus, startedAt: string, completedAt: string | null, durationSeconds: number | null, reworkCycles: number, llmCalls: number, llmTokensIn: number, llmTokensOut: number, llmCostUsd: number | null, llmModel: string | null, createdAt: string, phases: Array<{ eventId: string, sequence: number, name: PhaseName, startedAt: string, completedAt: string | null, durationSeconds: number | null, result: PhaseResult | null, testsWritten: number | null, testsPassing: number | null, testsFailing: number | null, filesModified: number | null, costUsd: number | null }>, testMetrics: { written: number, passing: number, failing: number, skipped: number }, fileMetrics: { created: Array<string>, modified: Array<string>, deleted: Array<string> }, bugFixes: Array<{ id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string }>, cost: { totalUsd: number | null, source: CostSource, loggedUsd: number | null, reportedUsd: number | null, estimatedUsd: number | null, differenceUsd: number | null, callCount: number, unpricedCallCount: number, coverage: number | null, unattributedToPhaseUsd: number | null } } } };

export type RecordBugFixMutationVariables = Exact<{
  input: RecordBugFixInput;
}>;


export type RecordBugFixMutation = { recordBugFix: { outcome: Outcome, bugFix: { id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string } } };

export type RecordLlmCallsMutationVariables = Exact<{
  input: Array<LlmCallInput> | LlmCallInput;
}>;


export type RecordLlmCallsMutation = { recordLlmCalls: Array<{ outcome: Outcome | null, sourceKey: string, error: { code: string, message: string, errors: Array<{ path: string, message: string }> } | null }> };

export type RecordEventsMutationVariables = Exact<{
  events: Array<EventInput> | EventInput;
}>;


export type RecordEventsMutation = { recordEvents: Array<{ index: number, outcome: Outcome | null, executionId: string | null, error: { code: string, message: string, errors: Array<{ path: string, message: string }> } | null }> };

export type ExecutionQueryVariables = Exact<{
  id: string;
}>;


export type ExecutionQuery = { execution: { id: string, wsId: string, wpId: string | null, scopeId: string | null, executor: string, status: ExecutionStatus, startedAt: string, completedAt: string | null, durationSeconds: number | null, reworkCycles: number, llmCalls: number, llmTokensIn: number, llmTokensOut: number, llmCostUsd: number | null, llmModel: string | null, createdAt: string, phases: Array<{ eventId: string, sequence: number, name: PhaseName, startedAt: string, completedAt: string | null, durationSeconds: number | null, result: PhaseResult | null, testsWritten: number | null, testsPassing: number | null, testsFailing: number | null, filesModified: number | null, costUsd: number | null }>, testMetrics: { written: number, passing: number, failing: number, skipped: number }, fileMetrics: { created: Array<string>, modified: Array<string>, deleted: Array<string> }, bugFixes: Array<{ id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string }>, cost: { totalUsd: number | null, source: CostSource, loggedUsd: number | null, reportedUsd: number | null, estimatedUsd: number | null, differenceUsd: number | null, callCount: number, unpricedCallCount: number, coverage: number | null, unattributedToPhaseUsd: number | null } } | null };

export type CostBreakdownsQueryVariables = Exact<{
  id: string;
}>;


export type CostBreakdownsQuery = { execution: { cost: { byDocumentType: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byModel: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byPhase: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, bySource: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }> } } | null };

export type ExecutionsQueryVariables = Exact<{
  filter?: ExecutionFilter | null | undefined;
  orderBy?: ExecutionOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ExecutionsQuery = { executions: { totalCount: number, nodes: Array<{ id: string, wsId: string, wpId: string | null, scopeId: string | null, executor: string, status: ExecutionStatus, startedAt: string, completedAt: string | null, durationSeconds: number | null, reworkCycles: number, llmCalls: number, llmTokensIn: number, llmTokensOut: number, llmCostUsd: number | null, llmModel: string | null, createdAt: string, phases: Array<{ eventId: string, sequence: number, name: PhaseName, startedAt: string, completedAt: string | null, durationSeconds: number | null, result: PhaseResult | null, testsWritten: number | null, testsPassing: number | null, testsFailing: number | null, filesModified: number | null, costUsd: number | null }>, testMetrics: { written: number, passing: number, failing: number, skipped: number }, fileMetrics: { created: Array<string>, modified: Array<string>, deleted: Array<string> }, bugFixes: Array<{ id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string }>, cost: { totalUsd: number | null, source: CostSource, loggedUsd: number | null, reportedUsd: number | null, estimatedUsd: number | null, differenceUsd: number | null, callCount: number, unpricedCallCount: number, coverage: number | null, unattributedToPhaseUsd: number | null } }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type BugFixesQueryVariables = Exact<{
  filter?: BugFixFilter | null | undefined;
  orderBy?: BugFixOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BugFixesQuery = { bugFixes: { totalCount: number, nodes: Array<{ id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string, execution: { id: string } }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type BugFixesOfRunsQueryVariables = Exact<{
  autonomous?: boolean | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BugFixesOfRunsQuery = { executions: { nodes: Array<{ id: string, bugFixConnection: { totalCount: number, nodes: Array<{ id: string, executionId: string, scopeId: string | null, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } }> } };

export type DashboardQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  interval?: Interval | null | undefined;
  timeZone?: string | null | undefined;
}>;


export type DashboardQuery = { dashboard: { from: string, to: string, asOf: string, completedCount: number, averageDurationSeconds: number | null, testsWritten: number, autonomousBugFixCount: number, llmCostUsd: number, averageReworkCycles: number | null, costPerWsUsd: number | null, trend: Array<{ start: string, end: string, completedCount: number, llmCostUsd: number, costPerWsUsd: number | null }> } };

export type ScoreboardQueryVariables = Exact<{
  window?: Window | null | undefined;
}>;


export type ScoreboardQuery = { scoreboard: { window: Window, from: string | null, to: string, asOf: string, totalRuns: number, completedRuns: number, successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, llmCostUsd: number, costPerCompletedWsUsd: number | null, autonomousBugFixCount: number, runsByStatus: Array<{ status: ExecutionStatus, count: number }> } };

export type MetricsQueryVariables = Exact<{
  of: MetricSubject;
  groupBy?: Array<MetricDimension> | MetricDimension | null | undefined;
  measures: Array<MetricMeasureInput> | MetricMeasureInput;
  filter?: MetricFilter | null | undefined;
  having?: Array<MetricHavingInput> | MetricHavingInput | null | undefined;
  timeGrain?: TimeGrain | null | undefined;
  timeZone?: string | null | undefined;
  orderBy?: Array<MetricOrderInput> | MetricOrderInput | null | undefined;
  limit?: number | null | undefined;
}>;


export type MetricsQuery = { metrics: { of: MetricSubject, from: string | null, to: string, asOf: string, timeGrain: TimeGrain | null, timeZone: string, rowCount: number, totals: Array<number | null>, columns: Array<{ measure: MetricMeasure, aggregate: MetricAggregate | null, unit: string }>, rows: Array<{ start: string | null, end: string | null, values: Array<number | null>, key: { wsId: string | null, wpId: string | null, scopeId: string | null, executor: string | null, status: ExecutionStatus | null, costSource: CostSource | null, phase: PhaseName | null, phaseResult: PhaseResult | null, rework: boolean | null, autonomous: boolean | null, model: string | null, provider: string | null, documentType: string | null, callSource: CallSource | null, attributed: boolean | null } }> } };

export type FiguresRowFieldsFragment = { key: string | null, isRest: boolean, settledRuns: number, totalRuns: number, completedRuns: number, successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, llmCostUsd: number, costPerCompletedWsUsd: number | null, autonomousBugFixCount: number, isSmallSample: boolean };

export type ComparedScoreboardQueryVariables = Exact<{
  window?: Window | null | undefined;
  first?: number | null | undefined;
}>;


export type ComparedScoreboardQuery = { scoreboard: { totalRuns: number, completedRuns: number, successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, llmCostUsd: number, costPerCompletedWsUsd: number | null, autonomousBugFixCount: number, isSmallSample: boolean, previous: { from: string, to: string, totalRuns: number, completedRuns: number, successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, llmCostUsd: number, costPerCompletedWsUsd: number | null, autonomousBugFixCount: number, isSmallSample: boolean } | null, change: { successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, isSmallSample: boolean, totalRuns: { difference: number | null, relative: number | null }, completedRuns: { difference: number | null, relative: number | null }, llmCostUsd: { difference: number | null, relative: number | null }, costPerCompletedWsUsd: { difference: number | null, relative: number | null }, autonomousBugFixCount: { difference: number | null, relative: number | null } } | null, byExecutor: Array<{ key: string | null, isRest: boolean, settledRuns: number, totalRuns: number, completedRuns: number, successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, llmCostUsd: number, costPerCompletedWsUsd: number | null, autonomousBugFixCount: number, isSmallSample: boolean }>, byModel: Array<{ key: string | null, isRest: boolean, settledRuns: number, totalRuns: number, completedRuns: number, successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, llmCostUsd: number, costPerCompletedWsUsd: number | null, autonomousBugFixCount: number, isSmallSample: boolean }>, byWp: Array<{ key: string | null, isRest: boolean, settledRuns: number, totalRuns: number, completedRuns: number, successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, llmCostUsd: number, costPerCompletedWsUsd: number | null, autonomousBugFixCount: number, isSmallSample: boolean }> } };

export type CostSummaryQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  timeZone?: string | null | undefined;
}>;


export type CostSummaryQuery = { costSummary: { from: string | null, to: string, asOf: string, logAsOf: string | null, totalUsd: number, unattributedUsd: number, unpricedCallCount: number, unpricedModels: Array<string>, byDocumentType: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byWs: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byDate: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byModel: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byPhase: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, bySource: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }> } };

export type CostRowFieldsFragment = { key: string | null, costUsd: number, callCount: number, executionCount: number };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const BugFixFieldsFragmentDoc = new TypedDocumentString(`
    fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}
    `, {"fragmentName":"BugFixFields"}) as unknown as TypedDocumentString<BugFixFieldsFragment, unknown>;
export const ExecutionFieldsFragmentDoc = new TypedDocumentString(`
    fragment ExecutionFields on Execution {
  id
  wsId
  wpId
  scopeId
  executor
  status
  startedAt
  completedAt
  durationSeconds
  phases {
    eventId
    sequence
    name
    startedAt
    completedAt
    durationSeconds
    result
    testsWritten
    testsPassing
    testsFailing
    filesModified
    costUsd
  }
  testMetrics {
    written
    passing
    failing
    skipped
  }
  fileMetrics {
    created
    modified
    deleted
  }
  reworkCycles
  llmCalls
  llmTokensIn
  llmTokensOut
  llmCostUsd
  llmModel
  bugFixes {
    ...BugFixFields
  }
  cost {
    totalUsd
    source
    loggedUsd
    reportedUsd
    estimatedUsd
    differenceUsd
    callCount
    unpricedCallCount
    coverage
    unattributedToPhaseUsd
  }
  createdAt
}
    fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"fragmentName":"ExecutionFields"}) as unknown as TypedDocumentString<ExecutionFieldsFragment, unknown>;
export const FiguresRowFieldsFragmentDoc = new TypedDocumentString(`
    fragment FiguresRowFields on FiguresRow {
  key
  isRest
  settledRuns
  totalRuns
  completedRuns
  successRate
  settledSuccessRate
  averageDurationSeconds
  p95DurationSeconds
  firstPassVerifyRate
  llmCostUsd
  costPerCompletedWsUsd
  autonomousBugFixCount
  isSmallSample
}
    `, {"fragmentName":"FiguresRowFields"}) as unknown as TypedDocumentString<FiguresRowFieldsFragment, unknown>;
export const CostRowFieldsFragmentDoc = new TypedDocumentString(`
    fragment CostRowFields on CostRow {
  key
  costUsd
  callCount
  executionCount
}
    `, {"fragmentName":"CostRowFields"}) as unknown as TypedDocumentString<CostRowFieldsFragment, unknown>;
export const StartExecutionDocument = new TypedDocumentString(`
    mutation StartExecution($input: StartExecutionInput!) {
  startExecution(input: $input) {
    outcome
    execution {
      ...ExecutionFields
    }
  }
}
    fragment ExecutionFields on Execution {
  id
  wsId
  wpId
  scopeId
  executor
  status
  startedAt
  completedAt
  durationSeconds
  phases {
    eventId
    sequence
    name
    startedAt
    completedAt
    durationSeconds
    result
    testsWritten
    testsPassing
    testsFailing
    filesModified
    costUsd
  }
  testMetrics {
    written
    passing
    failing
    skipped
  }
  fileMetrics {
    created
    modified
    deleted
  }
  reworkCycles
  llmCalls
  llmTokensIn
  llmTokensOut
  llmCostUsd
  llmModel
  bugFixes {
    ...BugFixFields
  }
  cost {
    totalUsd
    source
    loggedUsd
    reportedUsd
    estimatedUsd
    differenceUsd
    callCount
    unpricedCallCount
    coverage
    unattributedToPhaseUsd
  }
  createdAt
}
fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"hash":"sha256:fef3422dc8277690ccdba1bab39469e447fe4f76d1ca6a86159f701bc08552a1"}) as unknown as TypedDocumentString<StartExecutionMutation, StartExecutionMutationVariables>;
export const UpdateExecutionDocument = new TypedDocumentString(`
    mutation UpdateExecution($input: UpdateExecutionInput!) {
  updateExecution(input: $input) {
    outcome
    execution {
      ...ExecutionFields
    }
  }
}
    fragment ExecutionFields on Execution {
  id
  wsId
  wpId
  scopeId
  executor
  status
  startedAt
  completedAt
  durationSeconds
  phases {
    eventId
    sequence
    name
    startedAt
    completedAt
    durationSeconds
    result
    testsWritten
    testsPassing
    testsFailing
    filesModified
    costUsd
  }
  testMetrics {
    written
    passing
    failing
    skipped
  }
  fileMetrics {
    created
    modified
    deleted
  }
  reworkCycles
  llmCalls
  llmTokensIn
  llmTokensOut
  llmCostUsd
  llmModel
  bugFixes {
    ...BugFixFields
  }
  cost {
    totalUsd
    source
    loggedUsd
    reportedUsd
    estimatedUsd
    differenceUsd
    callCount
    unpricedCallCount
    coverage
    unattributedToPhaseUsd
  }
  createdAt
}
fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"hash":"sha256:7655044c3bbf7981f82103ee571e6197878a37cdb8f6608cc80a00e121d804d0"}) as unknown as TypedDocumentString<UpdateExecutionMutation, UpdateExecutionMutationVariables>;
export const CompleteExecutionDocument = new TypedDocumentString(`
    mutation CompleteExecution($input: CompleteExecutionInput!) {
  completeExecution(input: $input) {
    outcome
    execution {
      ...ExecutionFields
    }
  }
}
    fragment ExecutionFields on Execution {
  id
  wsId
  wpId
  scopeId
  executor
  status
  startedAt
  completedAt
  durationSeconds
  phases {
    eventId
    sequence
    name
    startedAt
    completedAt
    durationSeconds
    result
    testsWritten
    testsPassing
    testsFailing
    filesModified
    costUsd
  }
  testMetrics {
    written
    passing
    failing
    skipped
  }
  fileMetrics {
    created
    modified
    deleted
  }
  reworkCycles
  llmCalls
  llmTokensIn
  llmTokensOut
  llmCostUsd
  llmModel
  bugFixes {
    ...BugFixFields
  }
  cost {
    totalUsd
    source
    loggedUsd
    reportedUsd
    estimatedUsd
    differenceUsd
    callCount
    unpricedCallCount
    coverage
    unattributedToPhaseUsd
  }
  createdAt
}
fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"hash":"sha256:7888457732f89ecf9c9f3bd6bd5fcf2b241b153817a89732ebae41779f58a94b"}) as unknown as TypedDocumentString<CompleteExecutionMutation, CompleteExecutionMutationVariables>;
export const RecordPhaseDocument = new TypedDocumentString(`
    mutation RecordPhase($input: RecordPhaseInput!) {
  recordPhase(input: $input) {
    outcome
    phase {
      eventId
      sequence
      name
    }
    execution {
      ...ExecutionFields
    }
  }
}
    fragment ExecutionFields on Execution {
  id
  wsId
  wpId
  scopeId
  executor
  status
  startedAt
  completedAt
  durationSeconds
  phases {
    eventId
    sequence
    name
    startedAt
    completedAt
    durationSeconds
    result
    testsWritten
    testsPassing
    testsFailing
    filesModified
    costUsd
  }
  testMetrics {
    written
    passing
    failing
    skipped
  }
  fileMetrics {
    created
    modified
    deleted
  }
  reworkCycles
  llmCalls
  llmTokensIn
  llmTokensOut
  llmCostUsd
  llmModel
  bugFixes {
    ...BugFixFields
  }
  cost {
    totalUsd
    source
    loggedUsd
    reportedUsd
    estimatedUsd
    differenceUsd
    callCount
    unpricedCallCount
    coverage
    unattributedToPhaseUsd
  }
  createdAt
}
fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"hash":"sha256:1b7ad160f0810f404e6472f07a95d2e42f560aa4f2ba766f57d6cc711cf3d157"}) as unknown as TypedDocumentString<RecordPhaseMutation, RecordPhaseMutationVariables>;
export const RecordBugFixDocument = new TypedDocumentString(`
    mutation RecordBugFix($input: RecordBugFixInput!) {
  recordBugFix(input: $input) {
    outcome
    bugFix {
      ...BugFixFields
    }
  }
}
    fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"hash":"sha256:1d170ad2f370701df0b58c90b61b91f4427fd549e0f576a1e3d42e9d621796d0"}) as unknown as TypedDocumentString<RecordBugFixMutation, RecordBugFixMutationVariables>;
export const RecordLlmCallsDocument = new TypedDocumentString(`
    mutation RecordLlmCalls($input: [LlmCallInput!]!) {
  recordLlmCalls(input: $input) {
    outcome
    sourceKey
    error {
      code
      message
      errors {
        path
        message
      }
    }
  }
}
    `, {"hash":"sha256:7363dd56bc7df70e3eb46ab14af83952f0b5361e2ce5bc927494b7c2f979d554"}) as unknown as TypedDocumentString<RecordLlmCallsMutation, RecordLlmCallsMutationVariables>;
export const RecordEventsDocument = new TypedDocumentString(`
    mutation RecordEvents($events: [EventInput!]!) {
  recordEvents(events: $events) {
    index
    outcome
    executionId
    error {
      code
      message
      errors {
        path
        message
      }
    }
  }
}
    `, {"hash":"sha256:86f7a5b74c449058cdf3c6b48d478fa6b80a657b87eedde54e5da61b21276c32"}) as unknown as TypedDocumentString<RecordEventsMutation, RecordEventsMutationVariables>;
export const ExecutionDocument = new TypedDocumentString(`
    query Execution($id: UUID!) {
  execution(id: $id) {
    ...ExecutionFields
  }
}
    fragment ExecutionFields on Execution {
  id
  wsId
  wpId
  scopeId
  executor
  status
  startedAt
  completedAt
  durationSeconds
  phases {
    eventId
    sequence
    name
    startedAt
    completedAt
    durationSeconds
    result
    testsWritten
    testsPassing
    testsFailing
    filesModified
    costUsd
  }
  testMetrics {
    written
    passing
    failing
    skipped
  }
  fileMetrics {
    created
    modified
    deleted
  }
  reworkCycles
  llmCalls
  llmTokensIn
  llmTokensOut
  llmCostUsd
  llmModel
  bugFixes {
    ...BugFixFields
  }
  cost {
    totalUsd
    source
    loggedUsd
    reportedUsd
    estimatedUsd
    differenceUsd
    callCount
    unpricedCallCount
    coverage
    unattributedToPhaseUsd
  }
  createdAt
}
fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"hash":"sha256:60e261711de86ce4b4ad5736149e631245087a517005ded51b2f0d27b1496435"}) as unknown as TypedDocumentString<ExecutionQuery, ExecutionQueryVariables>;
export const CostBreakdownsDocument = new TypedDocumentString(`
    query CostBreakdowns($id: UUID!) {
  execution(id: $id) {
    cost {
      byDocumentType {
        ...CostRowFields
      }
      byModel {
        ...CostRowFields
      }
      byPhase {
        ...CostRowFields
      }
      bySource {
        ...CostRowFields
      }
    }
  }
}
    fragment CostRowFields on CostRow {
  key
  costUsd
  callCount
  executionCount
}`, {"hash":"sha256:b91dc341a65bde3fb0180870ce5b8569e524dd523f7638e4298ddc96dfdfb75b"}) as unknown as TypedDocumentString<CostBreakdownsQuery, CostBreakdownsQueryVariables>;
export const ExecutionsDocument = new TypedDocumentString(`
    query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {
  executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes {
      ...ExecutionFields
    }
    edges {
      cursor
      node {
        id
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    fragment ExecutionFields on Execution {
  id
  wsId
  wpId
  scopeId
  executor
  status
  startedAt
  completedAt
  durationSeconds
  phases {
    eventId
    sequence
    name
    startedAt
    completedAt
    durationSeconds
    result
    testsWritten
    testsPassing
    testsFailing
    filesModified
    costUsd
  }
  testMetrics {
    written
    passing
    failing
    skipped
  }
  fileMetrics {
    created
    modified
    deleted
  }
  reworkCycles
  llmCalls
  llmTokensIn
  llmTokensOut
  llmCostUsd
  llmModel
  bugFixes {
    ...BugFixFields
  }
  cost {
    totalUsd
    source
    loggedUsd
    reportedUsd
    estimatedUsd
    differenceUsd
    callCount
    unpricedCallCount
    coverage
    unattributedToPhaseUsd
  }
  createdAt
}
fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"hash":"sha256:824981179d9fae8f9383859588929ff79818927d589354e9e06d4ad2da6a453d"}) as unknown as TypedDocumentString<ExecutionsQuery, ExecutionsQueryVariables>;
export const BugFixesDocument = new TypedDocumentString(`
    query BugFixes($filter: BugFixFilter, $orderBy: BugFixOrder, $first: Int, $after: String) {
  bugFixes(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes {
      ...BugFixFields
      execution {
        id
      }
    }
    edges {
      cursor
      node {
        id
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"hash":"sha256:196a2a5f52892820c63c6c17dc4b8b03981adadc5123c2efbb8830e414a47e20"}) as unknown as TypedDocumentString<BugFixesQuery, BugFixesQueryVariables>;
export const BugFixesOfRunsDocument = new TypedDocumentString(`
    query BugFixesOfRuns($autonomous: Boolean, $first: Int, $after: String) {
  executions {
    nodes {
      id
      bugFixConnection(autonomous: $autonomous, first: $first, after: $after) {
        nodes {
          ...BugFixFields
        }
        edges {
          cursor
          node {
            id
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        totalCount
      }
    }
  }
}
    fragment BugFixFields on BugFix {
  id
  executionId
  scopeId
  description
  rootCause
  testName
  fixSummary
  filesModified
  autonomous
  createdAt
}`, {"hash":"sha256:e906772e644bf06d18d3beadc2bf36f6ca9df13257e04552ba72c6d86754723b"}) as unknown as TypedDocumentString<BugFixesOfRunsQuery, BugFixesOfRunsQueryVariables>;
export const DashboardDocument = new TypedDocumentString(`
    query Dashboard($from: DateTime, $to: DateTime, $interval: Interval, $timeZone: String) {
  dashboard(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {
    from
    to
    asOf
    completedCount
    averageDurationSeconds
    testsWritten
    autonomousBugFixCount
    llmCostUsd
    averageReworkCycles
    costPerWsUsd
    trend {
      start
      end
      completedCount
      llmCostUsd
      costPerWsUsd
    }
  }
}
    `, {"hash":"sha256:68426b3ec2e8f0642fe3fc42a48b1e2597f5071a69a7fe5b6e38bbd0abf41925"}) as unknown as TypedDocumentString<DashboardQuery, DashboardQueryVariables>;
export const ScoreboardDocument = new TypedDocumentString(`
    query Scoreboard($window: Window) {
  scoreboard(window: $window) {
    window
    from
    to
    asOf
    totalRuns
    completedRuns
    successRate
    settledSuccessRate
    averageDurationSeconds
    p95DurationSeconds
    firstPassVerifyRate
    llmCostUsd
    costPerCompletedWsUsd
    autonomousBugFixCount
    runsByStatus {
      status
      count
    }
  }
}
    `, {"hash":"sha256:da602c703f569e573b2a70651743bb0afde231ae28231fb54304b1cb769a19a4"}) as unknown as TypedDocumentString<ScoreboardQuery, ScoreboardQueryVariables>;
export const MetricsDocument = new TypedDocumentString(`
    query Metrics($of: MetricSubject!, $groupBy: [MetricDimension!], $measures: [MetricMeasureInput!]!, $filter: MetricFilter, $having: [MetricHavingInput!], $timeGrain: TimeGrain, $timeZone: String, $orderBy: [MetricOrderInput!], $limit: Int) {
  metrics(
    of: $of
    groupBy: $groupBy
    measures: $measures
    filter: $filter
    having: $having
    timeGrain: $timeGrain
    timeZone: $timeZone
    orderBy: $orderBy
    limit: $limit
  ) {
    of
    from
    to
    asOf
    timeGrain
    timeZone
    columns {
      measure
      aggregate
      unit
    }
    rowCount
    totals
    rows {
      key {
        wsId
        wpId
        scopeId
        executor
        status
        costSource
        phase
        phaseResult
        rework
        autonomous
        model
        provider
        documentType
        callSource
        attributed
      }
      start
      end
      values
    }
  }
}
    `, {"hash":"sha256:e6baf77ac4b88fdd8a2be8e6d192ff6aa812c41105ca328251a0c8bf8cfe027f"}) as unknown as TypedDocumentString<MetricsQuery, MetricsQueryVariables>;
export const ComparedScoreboardDocument = new TypedDocumentString(`
    query ComparedScoreboard($window: Window, $first: Int) {
  scoreboard(window: $window) {
    totalRuns
    completedRuns
    successRate
    settledSuccessRate
    averageDurationSeconds
    p95DurationSeconds
    firstPassVerifyRate
    llmCostUsd
    costPerCompletedWsUsd
    autonomousBugFixCount
    isSmallSample
    previous {
      from
      to
      totalRuns
      completedRuns
      successRate
      settledSuccessRate
      averageDurationSeconds
      p95DurationSeconds
      firstPassVerifyRate
      llmCostUsd
      costPerCompletedWsUsd
      autonomousBugFixCount
      isSmallSample
    }
    change {
      totalRuns {
        difference
        relative
      }
      completedRuns {
        difference
        relative
      }
      successRate
      settledSuccessRate
      averageDurationSeconds
      p95DurationSeconds
      firstPassVerifyRate
      llmCostUsd {
        difference
        relative
      }
      costPerCompletedWsUsd {
        difference
        relative
      }
      autonomousBugFixCount {
        difference
        relative
      }
      isSmallSample
    }
    byExecutor(first: $first) {
      ...FiguresRowFields
    }
    byModel(first: $first) {
      ...FiguresRowFields
    }
    byWp(first: $first) {
      ...FiguresRowFields
    }
  }
}
    fragment FiguresRowFields on FiguresRow {
  key
  isRest
  settledRuns
  totalRuns
  completedRuns
  successRate
  settledSuccessRate
  averageDurationSeconds
  p95DurationSeconds
  firstPassVerifyRate
  llmCostUsd
  costPerCompletedWsUsd
  autonomousBugFixCount
  isSmallSample
}`, {"hash":"sha256:9fe728f5da986aba23272de5eac891d1139eef74eb8f74e775e50f89d01de336"}) as unknown as TypedDocumentString<ComparedScoreboardQuery, ComparedScoreboardQueryVariables>;
export const CostSummaryDocument = new TypedDocumentString(`
    query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {
  costSummary(from: $from, to: $to, timeZone: $timeZone) {
    from
    to
    asOf
    logAsOf
    totalUsd
    unattributedUsd
    unpricedCallCount
    unpricedModels
    byDocumentType {
      ...CostRowFields
    }
    byWs {
      ...CostRowFields
    }
    byDate {
      ...CostRowFields
    }
    byModel {
      ...CostRowFields
    }
    byPhase {
      ...CostRowFields
    }
    bySource {
      ...CostRowFields
    }
  }
}
    fragment CostRowFields on CostRow {
  key
  costUsd
  callCount
  executionCount
}`, {"hash":"sha256:573e22570a8074bb4689d95df26aa280f1d4bed7e3e3df2f8aeb67bf11328515"}) as unknown as TypedDocumentString<CostSummaryQuery, CostSummaryQueryVariables>;