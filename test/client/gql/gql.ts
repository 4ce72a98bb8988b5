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
    "\n  fragment ExecutionFields on Execution {\n    id wsId wpId scopeId executor status startedAt completedAt durationSeconds\n    phases {\n      eventId sequence name startedAt completedAt durationSeconds result\n      testsWritten testsPassing testsFailing filesModified costUsd\n    }\n    testMetrics { written passing failing skipped }\n    fileMetrics { created modified deleted }\n    reworkCycles llmCalls llmTokensIn llmTokensOut llmCostUsd llmModel\n    bugFixes { ...BugFixFields }\n    cost {\n      totalUsd source loggedUsd reportedUsd estimatedUsd differenceUsd\n      callCount unpricedCallCount coverage unattributedToPhaseUsd\n    }\n    createdAt\n  }\n": typeof types.ExecutionFieldsFragmentDoc,
    "\n  fragment BugFixFields on BugFix {\n    id executionId scopeId description rootCause testName fixSummary filesModified autonomous createdAt\n  }\n": typeof types.BugFixFieldsFragmentDoc,
    "\n  mutation StartExecution($input: StartExecutionInput!) {\n    startExecution(input: $input) { outcome execution { ...ExecutionFields } }\n  }\n": typeof types.StartExecutionDocument,
    "\n  mutation UpdateExecution($input: UpdateExecutionInput!) {\n    updateExecution(input: $input) { outcome execution { ...ExecutionFields } }\n  }\n": typeof types.UpdateExecutionDocument,
    "\n  mutation CompleteExecution($input: CompleteExecutionInput!) {\n    completeExecution(input: $input) { outcome execution { ...ExecutionFields } }\n  }\n": typeof types.CompleteExecutionDocument,
    "\n  mutation RecordPhase($input: RecordPhaseInput!) {\n    recordPhase(input: $input) { outcome phase { eventId sequence name } execution { ...ExecutionFields } }\n  }\n": typeof types.RecordPhaseDocument,
    "\n  mutation RecordBugFix($input: RecordBugFixInput!) {\n    recordBugFix(input: $input) { outcome bugFix { ...BugFixFields } }\n  }\n": typeof types.RecordBugFixDocument,
    "\n  mutation RecordLlmCalls($input: [LlmCallInput!]!) {\n    recordLlmCalls(input: $input) { outcome sourceKey error { code message errors { path message } } }\n  }\n": typeof types.RecordLlmCallsDocument,
    "\n  mutation RecordEvents($events: [EventInput!]!) {\n    recordEvents(events: $events) { index outcome executionId error { code message errors { path message } } }\n  }\n": typeof types.RecordEventsDocument,
    "\n  query Execution($id: UUID!) {\n    execution(id: $id) { ...ExecutionFields }\n  }\n": typeof types.ExecutionDocument,
    "\n  query CostBreakdowns($id: UUID!) {\n    execution(id: $id) {\n      cost {\n        byDocumentType { ...CostRowFields }\n        byModel { ...CostRowFields }\n        byPhase { ...CostRowFields }\n        bySource { ...CostRowFields }\n      }\n    }\n  }\n": typeof types.CostBreakdownsDocument,
    "\n  query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {\n    executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      nodes { ...ExecutionFields }\n      edges { cursor node { id } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": typeof types.ExecutionsDocument,
    "\n  query BugFixes($filter: BugFixFilter, $orderBy: BugFixOrder, $first: Int, $after: String) {\n    bugFixes(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      nodes { ...BugFixFields execution { id } }\n      edges { cursor node { id } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": typeof types.BugFixesDocument,
    "\n  query BugFixesOfRuns($autonomous: Boolean, $first: Int, $after: String) {\n    executions {\n      nodes {\n        id\n        bugFixConnection(autonomous: $autonomous, first: $first, after: $after) {\n          nodes { ...BugFixFields }\n          edges { cursor node { id } }\n          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n          totalCount\n        }\n      }\n    }\n  }\n": typeof types.BugFixesOfRunsDocument,
    "\n  query Dashboard($from: DateTime, $to: DateTime, $interval: Interval, $timeZone: String) {\n    dashboard(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {\n      from to asOf completedCount averageDurationSeconds testsWritten autonomousBugFixCount\n      llmCostUsd averageReworkCycles costPerWsUsd\n      trend { start end completedCount llmCostUsd costPerWsUsd }\n    }\n  }\n": typeof types.DashboardDocument,
    "\n  query Scoreboard($window: Window) {\n    scoreboard(window: $window) {\n      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount\n      runsByStatus { status count }\n    }\n  }\n": typeof types.ScoreboardDocument,
    "\n  query Metrics(\n    $of: MetricSubject!, $groupBy: [MetricDimension!], $measures: [MetricMeasureInput!]!, $filter: MetricFilter\n    $having: [MetricHavingInput!], $timeGrain: TimeGrain, $timeZone: String, $orderBy: [MetricOrderInput!], $limit: Int\n  ) {\n    metrics(\n      of: $of, groupBy: $groupBy, measures: $measures, filter: $filter, having: $having\n      timeGrain: $timeGrain, timeZone: $timeZone, orderBy: $orderBy, limit: $limit\n    ) {\n      of from to asOf timeGrain timeZone columns { measure aggregate unit } rowCount totals\n      rows {\n        key {\n          wsId wpId scopeId executor status costSource phase phaseResult rework\n          autonomous model provider documentType callSource attributed\n        }\n        start end values\n      }\n    }\n  }\n": typeof types.MetricsDocument,
    "\n  fragment FiguresRowFields on FiguresRow {\n    key isRest settledRuns totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n    p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample\n  }\n": typeof types.FiguresRowFieldsFragmentDoc,
    "\n  query ComparedScoreboard($window: Window, $first: Int) {\n    scoreboard(window: $window) {\n      totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds p95DurationSeconds\n      firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample\n      previous {\n        from to totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n        p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample\n      }\n      change {\n        totalRuns { difference relative }\n        completedRuns { difference relative }\n        successRate settledSuccessRate averageDurationSeconds p95DurationSeconds firstPassVerifyRate\n        llmCostUsd { difference relative }\n        costPerCompletedWsUsd { difference relative }\n        autonomousBugFixCount { difference relative }\n        isSmallSample\n      }\n      byExecutor(first: $first) { ...FiguresRowFields }\n      byModel(first: $first) { ...FiguresRowFields }\n      byWp(first: $first) { ...FiguresRowFields }\n    }\n  }\n": typeof types.ComparedScoreboardDocument,
    "\n  query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {\n    costSummary(from: $from, to: $to, timeZone: $timeZone) {\n      from to asOf logAsOf totalUsd unattributedUsd unpricedCallCount unpricedModels\n      byDocumentType { ...CostRowFields }\n      byWs { ...CostRowFields }\n      byDate { ...CostRowFields }\n      byModel { ...CostRowFields }\n      byPhase { ...CostRowFields }\n      bySource { ...CostRowFields }\n    }\n  }\n": typeof types.CostSummaryDocument,
    "\n  fragment CostRowFields on CostRow { key costUsd callCount executionCount }\n": typeof types.CostRowFieldsFragmentDoc,
};
const documents: Documents = {
    "\n  fragment ExecutionFields on Execution {\n    id wsId wpId scopeId executor status startedAt completedAt durationSeconds\n    phases {\n      eventId sequence name startedAt completedAt durationSeconds result\n      testsWritten testsPassing testsFailing filesModified costUsd\n    }\n    testMetrics { written passing failing skipped }\n    fileMetrics { created modified deleted }\n    reworkCycles llmCalls llmTokensIn llmTokensOut llmCostUsd llmModel\n    bugFixes { ...BugFixFields }\n    cost {\n      totalUsd source loggedUsd reportedUsd estimatedUsd differenceUsd\n      callCount unpricedCallCount coverage unattributedToPhaseUsd\n    }\n    createdAt\n  }\n": types.ExecutionFieldsFragmentDoc,
    "\n  fragment BugFixFields on BugFix {\n    id executionId scopeId description rootCause testName fixSummary filesModified autonomous createdAt\n  }\n": types.BugFixFieldsFragmentDoc,
    "\n  mutation StartExecution($input: StartExecutionInput!) {\n    startExecution(input: $input) { outcome execution { ...ExecutionFields } }\n  }\n": types.StartExecutionDocument,
    "\n  mutation UpdateExecution($input: UpdateExecutionInput!) {\n    updateExecution(input: $input) { outcome execution { ...ExecutionFields } }\n  }\n": types.UpdateExecutionDocument,
    "\n  mutation CompleteExecution($input: CompleteExecutionInput!) {\n    completeExecution(input: $input) { outcome execution { ...ExecutionFields } }\n  }\n": types.CompleteExecutionDocument,
    "\n  mutation RecordPhase($input: RecordPhaseInput!) {\n    recordPhase(input: $input) { outcome phase { eventId sequence name } execution { ...ExecutionFields } }\n  }\n": types.RecordPhaseDocument,
    "\n  mutation RecordBugFix($input: RecordBugFixInput!) {\n    recordBugFix(input: $input) { outcome bugFix { ...BugFixFields } }\n  }\n": types.RecordBugFixDocument,
    "\n  mutation RecordLlmCalls($input: [LlmCallInput!]!) {\n    recordLlmCalls(input: $input) { outcome sourceKey error { code message errors { path message } } }\n  }\n": types.RecordLlmCallsDocument,
    "\n  mutation RecordEvents($events: [EventInput!]!) {\n    recordEvents(events: $events) { index outcome executionId error { code message errors { path message } } }\n  }\n": types.RecordEventsDocument,
    "\n  query Execution($id: UUID!) {\n    execution(id: $id) { ...ExecutionFields }\n  }\n": types.ExecutionDocument,
    "\n  query CostBreakdowns($id: UUID!) {\n    execution(id: $id) {\n      cost {\n        byDocumentType { ...CostRowFields }\n        byModel { ...CostRowFields }\n        byPhase { ...CostRowFields }\n        bySource { ...CostRowFields }\n      }\n    }\n  }\n": types.CostBreakdownsDocument,
    "\n  query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {\n    executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      nodes { ...ExecutionFields }\n      edges { cursor node { id } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": types.ExecutionsDocument,
    "\n  query BugFixes($filter: BugFixFilter, $orderBy: BugFixOrder, $first: Int, $after: String) {\n    bugFixes(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      nodes { ...BugFixFields execution { id } }\n      edges { cursor node { id } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": types.BugFixesDocument,
    "\n  query BugFixesOfRuns($autonomous: Boolean, $first: Int, $after: String) {\n    executions {\n      nodes {\n        id\n        bugFixConnection(autonomous: $autonomous, first: $first, after: $after) {\n          nodes { ...BugFixFields }\n          edges { cursor node { id } }\n          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n          totalCount\n        }\n      }\n    }\n  }\n": types.BugFixesOfRunsDocument,
    "\n  query Dashboard($from: DateTime, $to: DateTime, $interval: Interval, $timeZone: String) {\n    dashboard(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {\n      from to asOf completedCount averageDurationSeconds testsWritten autonomousBugFixCount\n      llmCostUsd averageReworkCycles costPerWsUsd\n      trend { start end completedCount llmCostUsd costPerWsUsd }\n    }\n  }\n": types.DashboardDocument,
    "\n  query Scoreboard($window: Window) {\n    scoreboard(window: $window) {\n      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount\n      runsByStatus { status count }\n    }\n  }\n": types.ScoreboardDocument,
    "\n  query Metrics(\n    $of: MetricSubject!, $groupBy: [MetricDimension!], $measures: [MetricMeasureInput!]!, $filter: MetricFilter\n    $having: [MetricHavingInput!], $timeGrain: TimeGrain, $timeZone: String, $orderBy: [MetricOrderInput!], $limit: Int\n  ) {\n    metrics(\n      of: $of, groupBy: $groupBy, measures: $measures, filter: $filter, having: $having\n      timeGrain: $timeGrain, timeZone: $timeZone, orderBy: $orderBy, limit: $limit\n    ) {\n      of from to asOf timeGrain timeZone columns { measure aggregate unit } rowCount totals\n      rows {\n        key {\n          wsId wpId scopeId executor status costSource phase phaseResult rework\n          autonomous model provider documentType callSource attributed\n        }\n        start end values\n      }\n    }\n  }\n": types.MetricsDocument,
    "\n  fragment FiguresRowFields on FiguresRow {\n    key isRest settledRuns totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n    p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample\n  }\n": types.FiguresRowFieldsFragmentDoc,
    "\n  query ComparedScoreboard($window: Window, $first: Int) {\n    scoreboard(window: $window) {\n      totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds p95DurationSeconds\n      firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample\n      previous {\n        from to totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n        p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample\n      }\n      change {\n        totalRuns { difference relative }\n        completedRuns { difference relative }\n        successRate settledSuccessRate averageDurationSeconds p95DurationSeconds firstPassVerifyRate\n        llmCostUsd { difference relative }\n        costPerCompletedWsUsd { difference relative }\n        autonomousBugFixCount { difference relative }\n        isSmallSample\n      }\n      byExecutor(first: $first) { ...FiguresRowFields }\n      byModel(first: $first) { ...FiguresRowFields }\n      byWp(first: $first) { ...FiguresRowFields }\n    }\n  }\n": types.ComparedScoreboardDocument,
    "\n  query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {\n    costSummary(from: $from, to: $to, timeZone: $timeZone) {\n      from to asOf logAsOf totalUsd unattributedUsd unpricedCallCount unpricedModels\n      byDocumentType { ...CostRowFields }\n      byWs { ...CostRowFields }\n      byDate { ...CostRowFields }\n      byModel { ...CostRowFields }\n      byPhase { ...CostRowFields }\n      bySource { ...CostRowFields }\n    }\n  }\n": types.CostSummaryDocument,
    "\n  fragment CostRowFields on CostRow { key costUsd callCount executionCount }\n": types.CostRowFieldsFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ExecutionFields on Execution {\n    id wsId wpId scopeId executor status startedAt completedAt durationSeconds\n    phases {\n      eventId sequence name startedAt completedAt durationSeconds result\n      testsWritten testsPassing testsFailing filesModified costUsd\n    }\n    testMetrics { written passing failing skipped }\n    fileMetrics { created modified deleted }\n    reworkCycles llmCalls llmTokensIn llmTokensOut llmCostUsd llmModel\n    bugFixes { ...BugFixFields }\n    cost {\n      totalUsd source loggedUsd reportedUsd estimatedUsd differenceUsd\n      callCount unpricedCallCount coverage unattributedToPhaseUsd\n    }\n    createdAt\n  }\n"): typeof import('./graphql.js').ExecutionFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BugFixFields on BugFix {\n    id executionId scopeId description rootCause testName fixSummary filesModified autonomous createdAt\n  }\n"): typeof import('./graphql.js').BugFixFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartExecution($input: StartExecutionInput!) {\n    startExecution(input: $input) { outcome execution { ...ExecutionFields } }\n  }\n"): typeof import('./graphql.js').StartExecutionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateExecution($input: UpdateExecutionInput!) {\n    updateExecution(input: $input) { outcome execution { ...ExecutionFields } }\n  }\n"): typeof import('./graphql.js').UpdateExecutionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteExecution($input: CompleteExecutionInput!) {\n    completeExecution(input: $input) { outcome execution { ...ExecutionFields } }\n  }\n"): typeof import('./graphql.js').CompleteExecutionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordPhase($input: RecordPhaseInput!) {\n    recordPhase(input: $input) { outcome phase { eventId sequence name } execution { ...ExecutionFields } }\n  }\n"): typeof import('./graphql.js').RecordPhaseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordBugFix($input: RecordBugFixInput!) {\n    recordBugFix(input: $input) { outcome bugFix { ...BugFixFields } }\n  }\n"): typeof import('./graphql.js').RecordBugFixDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordLlmCalls($input: [LlmCallInput!]!) {\n    recordLlmCalls(input: $input) { outcome sourceKey error { code message errors { path message } } }\n  }\n"): typeof import('./graphql.js').RecordLlmCallsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordEvents($events: [EventInput!]!) {\n    recordEvents(events: $events) { index outcome executionId error { code message errors { path message } } }\n  }\n"): typeof import('./graphql.js').RecordEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Execution($id: UUID!) {\n    execution(id: $id) { ...ExecutionFields }\n  }\n"): typeof import('./graphql.js').ExecutionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CostBreakdowns($id: UUID!) {\n    execution(id: $id) {\n      cost {\n        byDocumentType { ...CostRowFields }\n        byModel { ...CostRowFields }\n        byPhase { ...CostRowFields }\n        bySource { ...CostRowFields }\n      }\n    }\n  }\n"): typeof import('./graphql.js').CostBreakdownsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {\n    executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      nodes { ...ExecutionFields }\n      edges { cursor node { id } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n"): typeof import('./graphql.js').ExecutionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BugFixes($filter: BugFixFilter, $orderBy: BugFixOrder, $first: Int, $after: String) {\n    bugFixes(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      nodes { ...BugFixFields execution { id } }\n      edges { cursor node { id } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n"): typeof import('./graphql.js').BugFixesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BugFixesOfRuns($autonomous: Boolean, $first: Int, $after: String) {\n    executions {\n      nodes {\n        id\n        bugFixConnection(autonomous: $autonomous, first: $first, after: $after) {\n          nodes { ...BugFixFields }\n          edges { cursor node { id } }\n          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n          totalCount\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').BugFixesOfRunsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dashboard($from: DateTime, $to: DateTime, $interval: Interval, $timeZone: String) {\n    dashboard(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {\n      from to asOf completedCount averageDurationSeconds testsWritten autonomousBugFixCount\n      llmCostUsd averageReworkCycles costPerWsUsd\n      trend { start end completedCount llmCostUsd costPerWsUsd }\n    }\n  }\n"): typeof import('./graphql.js').DashboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Scoreboard($window: Window) {\n    scoreboard(window: $window) {\n      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount\n      runsByStatus { status count }\n    }\n  }\n"): typeof import('./graphql.js').ScoreboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Metrics(\n    $of: MetricSubject!, $groupBy: [MetricDimension!], $measures: [MetricMeasureInput!]!, $filter: MetricFilter\n    $having: [MetricHavingInput!], $timeGrain: TimeGrain, $timeZone: String, $orderBy: [MetricOrderInput!], $limit: Int\n  ) {\n    metrics(\n      of: $of, groupBy: $groupBy, measures: $measures, filter: $filter, having: $having\n      timeGrain: $timeGrain, timeZone: $timeZone, orderBy: $orderBy, limit: $limit\n    ) {\n      of from to asOf timeGrain timeZone columns { measure aggregate unit } rowCount totals\n      rows {\n        key {\n          wsId wpId scopeId executor status costSource phase phaseResult rework\n          autonomous model provider documentType callSource attributed\n        }\n        start end values\n      }\n    }\n  }\n"): typeof import('./graphql.js').MetricsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FiguresRowFields on FiguresRow {\n    key isRest settledRuns totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n    p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample\n  }\n"): typeof import('./graphql.js').FiguresRowFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedScoreboard($window: Window, $first: Int) {\n    scoreboard(window: $window) {\n      totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds p95DurationSeconds\n      firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample\n      previous {\n        from to totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds\n        p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample\n      }\n      change {\n        totalRuns { difference relative }\n        completedRuns { difference relative }\n        successRate settledSuccessRate averageDurationSeconds p95DurationSeconds firstPassVerifyRate\n        llmCostUsd { difference relative }\n        costPerCompletedWsUsd { difference relative }\n        autonomousBugFixCount { difference relative }\n        isSmallSample\n      }\n      byExecutor(first: $first) { ...FiguresRowFields }\n      byModel(first: $first) { ...FiguresRowFields }\n      byWp(first: $first) { ...FiguresRowFields }\n    }\n  }\n"): typeof import('./graphql.js').ComparedScoreboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {\n    costSummary(from: $from, to: $to, timeZone: $timeZone) {\n      from to asOf logAsOf totalUsd unattributedUsd unpricedCallCount unpricedModels\n      byDocumentType { ...CostRowFields }\n      byWs { ...CostRowFields }\n      byDate { ...CostRowFields }\n      byModel { ...CostRowFields }\n      byPhase { ...CostRowFields }\n      bySource { ...CostRowFields }\n    }\n  }\n"): typeof import('./graphql.js').CostSummaryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CostRowFields on CostRow { key costUsd callCount executionCount }\n"): typeof import('./graphql.js').CostRowFieldsFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
