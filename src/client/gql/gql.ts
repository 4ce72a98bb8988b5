/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation RecordEvents($events: [EventInput!]!) {\n    recordEvents(events: $events) { index outcome executionId error { code message errors { path message } } }\n  }\n": typeof types.RecordEventsDocument,
    "\n  query Execution($id: UUID!) {\n    execution(id: $id) {\n      id wsId wpId scopeId executor status startedAt completedAt durationSeconds createdAt\n      phases {\n        eventId sequence name startedAt completedAt durationSeconds result\n        testsWritten testsPassing testsFailing filesModified costUsd\n      }\n      testMetrics { written passing failing skipped }\n      fileMetrics { created modified deleted }\n      reworkCycles llmCalls llmTokensIn llmTokensOut llmCostUsd llmModel\n      bugFixes { id description rootCause testName fixSummary filesModified autonomous createdAt }\n      cost {\n        totalUsd source loggedUsd reportedUsd estimatedUsd differenceUsd\n        callCount unpricedCallCount coverage unattributedToPhaseUsd\n        byPhase { key costUsd callCount }\n        byModel { key costUsd callCount }\n      }\n    }\n  }\n": typeof types.ExecutionDocument,
    "\n  query ComparedScoreboard($window: Window) {\n    scoreboard(window: $window) {\n      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount\n      runsByStatus { status count }\n      isSmallSample\n      change {\n        totalRuns { difference relative }\n        successRate settledSuccessRate averageDurationSeconds p95DurationSeconds firstPassVerifyRate\n        llmCostUsd { difference relative }\n        costPerCompletedWsUsd { difference relative }\n        autonomousBugFixCount { difference relative }\n        isSmallSample\n      }\n      silentRuns { count }\n    }\n  }\n": typeof types.ComparedScoreboardDocument,
    "\n  query Scoreboard($window: Window) {\n    scoreboard(window: $window) {\n      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount\n      runsByStatus { status count }\n    }\n  }\n": typeof types.ScoreboardDocument,
    "\n  query Dashboard($from: DateTime, $to: DateTime, $interval: Interval, $timeZone: String) {\n    dashboard(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {\n      from to asOf completedCount averageDurationSeconds testsWritten autonomousBugFixCount\n      llmCostUsd averageReworkCycles costPerWsUsd\n      trend { start end completedCount llmCostUsd costPerWsUsd }\n    }\n  }\n": typeof types.DashboardDocument,
    "\n  query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {\n    costSummary(from: $from, to: $to, timeZone: $timeZone) {\n      from to asOf totalUsd unattributedUsd unpricedCallCount\n      byDocumentType { key costUsd callCount executionCount }\n      byWs { key costUsd callCount executionCount }\n      byDate { key costUsd callCount executionCount }\n      byModel { key costUsd callCount executionCount }\n      byPhase { key costUsd callCount executionCount }\n    }\n  }\n": typeof types.CostSummaryDocument,
    "\n  query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {\n    executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      nodes {\n        id wsId wpId executor status startedAt completedAt durationSeconds reworkCycles\n        cost { totalUsd source callCount }\n      }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n": typeof types.ExecutionsDocument,
};
const documents: Documents = {
    "\n  mutation RecordEvents($events: [EventInput!]!) {\n    recordEvents(events: $events) { index outcome executionId error { code message errors { path message } } }\n  }\n": types.RecordEventsDocument,
    "\n  query Execution($id: UUID!) {\n    execution(id: $id) {\n      id wsId wpId scopeId executor status startedAt completedAt durationSeconds createdAt\n      phases {\n        eventId sequence name startedAt completedAt durationSeconds result\n        testsWritten testsPassing testsFailing filesModified costUsd\n      }\n      testMetrics { written passing failing skipped }\n      fileMetrics { created modified deleted }\n      reworkCycles llmCalls llmTokensIn llmTokensOut llmCostUsd llmModel\n      bugFixes { id description rootCause testName fixSummary filesModified autonomous createdAt }\n      cost {\n        totalUsd source loggedUsd reportedUsd estimatedUsd differenceUsd\n        callCount unpricedCallCount coverage unattributedToPhaseUsd\n        byPhase { key costUsd callCount }\n        byModel { key costUsd callCount }\n      }\n    }\n  }\n": types.ExecutionDocument,
    "\n  query ComparedScoreboard($window: Window) {\n    scoreboard(window: $window) {\n      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount\n      runsByStatus { status count }\n      isSmallSample\n      change {\n        totalRuns { difference relative }\n        successRate settledSuccessRate averageDurationSeconds p95DurationSeconds firstPassVerifyRate\n        llmCostUsd { difference relative }\n        costPerCompletedWsUsd { difference relative }\n        autonomousBugFixCount { difference relative }\n        isSmallSample\n      }\n      silentRuns { count }\n    }\n  }\n": types.ComparedScoreboardDocument,
    "\n  query Scoreboard($window: Window) {\n    scoreboard(window: $window) {\n      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount\n      runsByStatus { status count }\n    }\n  }\n": types.ScoreboardDocument,
    "\n  query Dashboard($from: DateTime, $to: DateTime, $interval: Interval, $timeZone: String) {\n    dashboard(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {\n      from to asOf completedCount averageDurationSeconds testsWritten autonomousBugFixCount\n      llmCostUsd averageReworkCycles costPerWsUsd\n      trend { start end completedCount llmCostUsd costPerWsUsd }\n    }\n  }\n": types.DashboardDocument,
    "\n  query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {\n    costSummary(from: $from, to: $to, timeZone: $timeZone) {\n      from to asOf totalUsd unattributedUsd unpricedCallCount\n      byDocumentType { key costUsd callCount executionCount }\n      byWs { key costUsd callCount executionCount }\n      byDate { key costUsd callCount executionCount }\n      byModel { key costUsd callCount executionCount }\n      byPhase { key costUsd callCount executionCount }\n    }\n  }\n": types.CostSummaryDocument,
    "\n  query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {\n    executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      nodes {\n        id wsId wpId executor status startedAt completedAt durationSeconds reworkCycles\n        cost { totalUsd source callCount }\n      }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n": types.ExecutionsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordEvents($events: [EventInput!]!) {\n    recordEvents(events: $events) { index outcome executionId error { code message errors { path message } } }\n  }\n"): typeof import('./graphql.js').RecordEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Execution($id: UUID!) {\n    execution(id: $id) {\n      id wsId wpId scopeId executor status startedAt completedAt durationSeconds createdAt\n      phases {\n        eventId sequence name startedAt completedAt durationSeconds result\n        testsWritten testsPassing testsFailing filesModified costUsd\n      }\n      testMetrics { written passing failing skipped }\n      fileMetrics { created modified deleted }\n      reworkCycles llmCalls llmTokensIn llmTokensOut llmCostUsd llmModel\n      bugFixes { id description rootCause testName fixSummary filesModified autonomous createdAt }\n      cost {\n        totalUsd source loggedUsd reportedUsd estimatedUsd differenceUsd\n        callCount unpricedCallCount coverage unattributedToPhaseUsd\n        byPhase { key costUsd callCount }\n        byModel { key costUsd callCount }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ExecutionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedScoreboard($window: Window) {\n    scoreboard(window: $window) {\n      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount\n      runsByStatus { status count }\n      isSmallSample\n      change {\n        totalRuns { difference relative }\n        successRate settledSuccessRate averageDurationSeconds p95DurationSeconds firstPassVerifyRate\n        llmCostUsd { difference relative }\n        costPerCompletedWsUsd { difference relative }\n        autonomousBugFixCount { difference relative }\n        isSmallSample\n      }\n      silentRuns { count }\n    }\n  }\n"): typeof import('./graphql.js').ComparedScoreboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Scoreboard($window: Window) {\n    scoreboard(window: $window) {\n      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount\n      runsByStatus { status count }\n    }\n  }\n"): typeof import('./graphql.js').ScoreboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dashboard($from: DateTime, $to: DateTime, $interval: Interval, $timeZone: String) {\n    dashboard(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {\n      from to asOf completedCount averageDurationSeconds testsWritten autonomousBugFixCount\n      llmCostUsd averageReworkCycles costPerWsUsd\n      trend { start end completedCount llmCostUsd costPerWsUsd }\n    }\n  }\n"): typeof import('./graphql.js').DashboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {\n    costSummary(from: $from, to: $to, timeZone: $timeZone) {\n      from to asOf totalUsd unattributedUsd unpricedCallCount\n      byDocumentType { key costUsd callCount executionCount }\n      byWs { key costUsd callCount executionCount }\n      byDate { key costUsd callCount executionCount }\n      byModel { key costUsd callCount executionCount }\n      byPhase { key costUsd callCount executionCount }\n    }\n  }\n"): typeof import('./graphql.js').CostSummaryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {\n    executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      nodes {\n        id wsId wpId executor status startedAt completedAt durationSeconds reworkCycles\n        cost { totalUsd source callCount }\n      }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n"): typeof import('./graphql.js').ExecutionsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
