/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

export type RecordEventsMutationVariables = Exact<{
  events: Array<EventInput> | EventInput;
}>;


export type RecordEventsMutation = { recordEvents: Array<{ index: number, outcome: Outcome | null, executionId: string | null, error: { code: string, message: string, errors: Array<{ path: string, message: string }> } | null }> };

export type ExecutionQueryVariables = Exact<{
  id: string;
}>;


export type ExecutionQuery = { execution: { id: string, wsId: string, wpId: string | null, scopeId: string | null, executor: string, status: ExecutionStatus, startedAt: string, completedAt: string | null, durationSeconds: number | null, createdAt: string, reworkCycles: number, llmCalls: number, llmTokensIn: number, llmTokensOut: number, llmCostUsd: number | null, llmModel: string | null, phases: Array<{ eventId: string, sequence: number, name: PhaseName, startedAt: string, completedAt: string | null, durationSeconds: number | null, result: PhaseResult | null, testsWritten: number | null, testsPassing: number | null, testsFailing: number | null, filesModified: number | null, costUsd: number | null }>, testMetrics: { written: number, passing: number, failing: number, skipped: number }, fileMetrics: { created: Array<string>, modified: Array<string>, deleted: Array<string> }, bugFixes: Array<{ id: string, description: string, rootCause: string, testName: string, fixSummary: string, filesModified: Array<string>, autonomous: boolean, createdAt: string }>, cost: { totalUsd: number | null, source: CostSource, loggedUsd: number | null, reportedUsd: number | null, estimatedUsd: number | null, differenceUsd: number | null, callCount: number, unpricedCallCount: number, coverage: number | null, unattributedToPhaseUsd: number | null, byPhase: Array<{ key: string | null, costUsd: number, callCount: number }>, byModel: Array<{ key: string | null, costUsd: number, callCount: number }> } } | null };

export type ComparedScoreboardQueryVariables = Exact<{
  window?: Window | null | undefined;
}>;


export type ComparedScoreboardQuery = { scoreboard: { window: Window, from: string | null, to: string, asOf: string, totalRuns: number, completedRuns: number, successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, llmCostUsd: number, costPerCompletedWsUsd: number | null, autonomousBugFixCount: number, isSmallSample: boolean, runsByStatus: Array<{ status: ExecutionStatus, count: number }>, change: { successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, isSmallSample: boolean, totalRuns: { difference: number | null, relative: number | null }, llmCostUsd: { difference: number | null, relative: number | null }, costPerCompletedWsUsd: { difference: number | null, relative: number | null }, autonomousBugFixCount: { difference: number | null, relative: number | null } } | null, silentRuns: { count: number } } };

export type ScoreboardQueryVariables = Exact<{
  window?: Window | null | undefined;
}>;


export type ScoreboardQuery = { scoreboard: { window: Window, from: string | null, to: string, asOf: string, totalRuns: number, completedRuns: number, successRate: number | null, settledSuccessRate: number | null, averageDurationSeconds: number | null, p95DurationSeconds: number | null, firstPassVerifyRate: number | null, llmCostUsd: number, costPerCompletedWsUsd: number | null, autonomousBugFixCount: number, runsByStatus: Array<{ status: ExecutionStatus, count: number }> } };

export type DashboardQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  interval?: Interval | null | undefined;
  timeZone?: string | null | undefined;
}>;


export type DashboardQuery = { dashboard: { from: string, to: string, asOf: string, completedCount: number, averageDurationSeconds: number | null, testsWritten: number, autonomousBugFixCount: number, llmCostUsd: number, averageReworkCycles: number | null, costPerWsUsd: number | null, trend: Array<{ start: string, end: string, completedCount: number, llmCostUsd: number, costPerWsUsd: number | null }> } };

export type CostSummaryQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  timeZone?: string | null | undefined;
}>;


export type CostSummaryQuery = { costSummary: { from: string | null, to: string, asOf: string, totalUsd: number, unattributedUsd: number, unpricedCallCount: number, byDocumentType: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byWs: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byDate: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byModel: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }>, byPhase: Array<{ key: string | null, costUsd: number, callCount: number, executionCount: number }> } };

export type ExecutionsQueryVariables = Exact<{
  filter?: ExecutionFilter | null | undefined;
  orderBy?: ExecutionOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ExecutionsQuery = { executions: { totalCount: number, nodes: Array<{ id: string, wsId: string, wpId: string | null, executor: string, status: ExecutionStatus, startedAt: string, completedAt: string | null, durationSeconds: number | null, reworkCycles: number, cost: { totalUsd: number | null, source: CostSource, callCount: number } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

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
    `) as unknown as TypedDocumentString<RecordEventsMutation, RecordEventsMutationVariables>;
export const ExecutionDocument = new TypedDocumentString(`
    query Execution($id: UUID!) {
  execution(id: $id) {
    id
    wsId
    wpId
    scopeId
    executor
    status
    startedAt
    completedAt
    durationSeconds
    createdAt
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
      id
      description
      rootCause
      testName
      fixSummary
      filesModified
      autonomous
      createdAt
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
      byPhase {
        key
        costUsd
        callCount
      }
      byModel {
        key
        costUsd
        callCount
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ExecutionQuery, ExecutionQueryVariables>;
export const ComparedScoreboardDocument = new TypedDocumentString(`
    query ComparedScoreboard($window: Window) {
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
    isSmallSample
    change {
      totalRuns {
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
    silentRuns {
      count
    }
  }
}
    `) as unknown as TypedDocumentString<ComparedScoreboardQuery, ComparedScoreboardQueryVariables>;
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
    `) as unknown as TypedDocumentString<ScoreboardQuery, ScoreboardQueryVariables>;
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
    `) as unknown as TypedDocumentString<DashboardQuery, DashboardQueryVariables>;
export const CostSummaryDocument = new TypedDocumentString(`
    query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {
  costSummary(from: $from, to: $to, timeZone: $timeZone) {
    from
    to
    asOf
    totalUsd
    unattributedUsd
    unpricedCallCount
    byDocumentType {
      key
      costUsd
      callCount
      executionCount
    }
    byWs {
      key
      costUsd
      callCount
      executionCount
    }
    byDate {
      key
      costUsd
      callCount
      executionCount
    }
    byModel {
      key
      costUsd
      callCount
      executionCount
    }
    byPhase {
      key
      costUsd
      callCount
      executionCount
    }
  }
}
    `) as unknown as TypedDocumentString<CostSummaryQuery, CostSummaryQueryVariables>;
export const ExecutionsDocument = new TypedDocumentString(`
    query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {
  executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes {
      id
      wsId
      wpId
      executor
      status
      startedAt
      completedAt
      durationSeconds
      reworkCycles
      cost {
        totalUsd
        source
        callCount
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<ExecutionsQuery, ExecutionsQueryVariables>;