import { graphql } from "./gql/index.js";

/** A GraphQL document that knows what it answers and what it takes, as code generators make them. */
export interface TypedDocument<Result, Variables> {
  toString(): string;
  readonly __apiType?: ((variables: Variables) => Result) | undefined;
}

/** Reports events; the answer says what became of each. */
export const recordEventsDocument = graphql(`
  mutation RecordEvents($events: [EventInput!]!) {
    recordEvents(events: $events) { index outcome executionId error { code message errors { path message } } }
  }
`);

/** One run with its phases and what it cost. */
export const executionDocument = graphql(`
  query Execution($id: UUID!) {
    execution(id: $id) {
      id wsId wpId scopeId executor status startedAt completedAt durationSeconds createdAt
      phases {
        eventId sequence name startedAt completedAt durationSeconds result
        testsWritten testsPassing testsFailing filesModified costUsd
      }
      testMetrics { written passing failing skipped }
      fileMetrics { created modified deleted }
      reworkCycles llmCalls llmTokensIn llmTokensOut llmCostUsd llmModel
      bugFixes { id description rootCause testName fixSummary filesModified autonomous createdAt }
      cost {
        totalUsd source loggedUsd reportedUsd estimatedUsd differenceUsd
        callCount unpricedCallCount coverage unattributedToPhaseUsd
        byPhase { key costUsd callCount }
        byModel { key costUsd callCount }
      }
    }
  }
`);

/** Figures of a window up to now. */
export const comparedScoreboardDocument = graphql(`
  query ComparedScoreboard($window: Window) {
    scoreboard(window: $window) {
      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds
      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount
      runsByStatus { status count }
      isSmallSample
      change {
        totalRuns { difference relative }
        successRate settledSuccessRate averageDurationSeconds p95DurationSeconds firstPassVerifyRate
        llmCostUsd { difference relative }
        costPerCompletedWsUsd { difference relative }
        autonomousBugFixCount { difference relative }
        isSmallSample
      }
      silentRuns { count }
    }
  }
`);

export const scoreboardDocument = graphql(`
  query Scoreboard($window: Window) {
    scoreboard(window: $window) {
      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds
      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount
      runsByStatus { status count }
    }
  }
`);

/** Figures of a range and their trend. */
export const dashboardDocument = graphql(`
  query Dashboard($from: DateTime, $to: DateTime, $interval: Interval, $timeZone: String) {
    dashboard(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {
      from to asOf completedCount averageDurationSeconds testsWritten autonomousBugFixCount
      llmCostUsd averageReworkCycles costPerWsUsd
      trend { start end completedCount llmCostUsd costPerWsUsd }
    }
  }
`);

/** What was spent in a range, and on what. */
export const costSummaryDocument = graphql(`
  query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {
    costSummary(from: $from, to: $to, timeZone: $timeZone) {
      from to asOf totalUsd unattributedUsd unpricedCallCount
      byDocumentType { key costUsd callCount executionCount }
      byWs { key costUsd callCount executionCount }
      byDate { key costUsd callCount executionCount }
      byModel { key costUsd callCount executionCount }
      byPhase { key costUsd callCount executionCount }
    }
  }
`);

/** Runs, page by page. */
export const executionsDocument = graphql(`
  query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {
    executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      nodes {
        id wsId wpId executor status startedAt completedAt durationSeconds reworkCycles
        cost { totalUsd source callCount }
      }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
`);
