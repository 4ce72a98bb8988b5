import { graphql } from "./gql/index.js";

/** Everything a client can see of a run. */
graphql(`
  fragment ExecutionFields on Execution {
    id wsId wpId scopeId executor status startedAt completedAt durationSeconds
    phases {
      eventId sequence name startedAt completedAt durationSeconds result
      testsWritten testsPassing testsFailing filesModified costUsd
    }
    testMetrics { written passing failing skipped }
    fileMetrics { created modified deleted }
    reworkCycles llmCalls llmTokensIn llmTokensOut llmCostUsd llmModel
    bugFixes { ...BugFixFields }
    cost {
      totalUsd source loggedUsd reportedUsd estimatedUsd differenceUsd
      callCount unpricedCallCount coverage unattributedToPhaseUsd
    }
    createdAt
  }
`);

graphql(`
  fragment BugFixFields on BugFix {
    id executionId scopeId description rootCause testName fixSummary filesModified autonomous createdAt
  }
`);

export const startExecution = graphql(`
  mutation StartExecution($input: StartExecutionInput!) {
    startExecution(input: $input) { outcome execution { ...ExecutionFields } }
  }
`);

export const updateExecution = graphql(`
  mutation UpdateExecution($input: UpdateExecutionInput!) {
    updateExecution(input: $input) { outcome execution { ...ExecutionFields } }
  }
`);

export const completeExecution = graphql(`
  mutation CompleteExecution($input: CompleteExecutionInput!) {
    completeExecution(input: $input) { outcome execution { ...ExecutionFields } }
  }
`);

export const recordPhase = graphql(`
  mutation RecordPhase($input: RecordPhaseInput!) {
    recordPhase(input: $input) { outcome phase { eventId sequence name } execution { ...ExecutionFields } }
  }
`);

export const recordBugFix = graphql(`
  mutation RecordBugFix($input: RecordBugFixInput!) {
    recordBugFix(input: $input) { outcome bugFix { ...BugFixFields } }
  }
`);

export const recordLlmCalls = graphql(`
  mutation RecordLlmCalls($input: [LlmCallInput!]!) {
    recordLlmCalls(input: $input) { outcome sourceKey error { code message errors { path message } } }
  }
`);

export const recordEvents = graphql(`
  mutation RecordEvents($events: [EventInput!]!) {
    recordEvents(events: $events) { index outcome executionId error { code message errors { path message } } }
  }
`);

export const execution = graphql(`
  query Execution($id: UUID!) {
    execution(id: $id) { ...ExecutionFields }
  }
`);

export const costBreakdowns = graphql(`
  query CostBreakdowns($id: UUID!) {
    execution(id: $id) {
      cost {
        byDocumentType { ...CostRowFields }
        byModel { ...CostRowFields }
        byPhase { ...CostRowFields }
        bySource { ...CostRowFields }
      }
    }
  }
`);

export const executions = graphql(`
  query Executions($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String) {
    executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      nodes { ...ExecutionFields }
      edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`);

export const bugFixes = graphql(`
  query BugFixes($filter: BugFixFilter, $orderBy: BugFixOrder, $first: Int, $after: String) {
    bugFixes(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      nodes { ...BugFixFields execution { id } }
      edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`);

export const bugFixesOfRuns = graphql(`
  query BugFixesOfRuns($autonomous: Boolean, $first: Int, $after: String) {
    executions {
      nodes {
        id
        bugFixConnection(autonomous: $autonomous, first: $first, after: $after) {
          nodes { ...BugFixFields }
          edges { cursor node { id } }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          totalCount
        }
      }
    }
  }
`);

export const dashboard = graphql(`
  query Dashboard($from: DateTime, $to: DateTime, $interval: Interval, $timeZone: String) {
    dashboard(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {
      from to asOf completedCount averageDurationSeconds testsWritten autonomousBugFixCount
      llmCostUsd averageReworkCycles costPerWsUsd
      trend { start end completedCount llmCostUsd costPerWsUsd }
    }
  }
`);

export const scoreboard = graphql(`
  query Scoreboard($window: Window) {
    scoreboard(window: $window) {
      window from to asOf totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds
      p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount
      runsByStatus { status count }
    }
  }
`);

export const metrics = graphql(`
  query Metrics(
    $of: MetricSubject!, $groupBy: [MetricDimension!], $measures: [MetricMeasureInput!]!, $filter: MetricFilter
    $having: [MetricHavingInput!], $timeGrain: TimeGrain, $timeZone: String, $orderBy: [MetricOrderInput!], $limit: Int
  ) {
    metrics(
      of: $of, groupBy: $groupBy, measures: $measures, filter: $filter, having: $having
      timeGrain: $timeGrain, timeZone: $timeZone, orderBy: $orderBy, limit: $limit
    ) {
      of from to asOf timeGrain timeZone columns { measure aggregate unit } rowCount totals
      rows {
        key {
          wsId wpId scopeId executor status costSource phase phaseResult rework
          autonomous model provider documentType callSource attributed
        }
        start end values
      }
    }
  }
`);

graphql(`
  fragment FiguresRowFields on FiguresRow {
    key isRest settledRuns totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds
    p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample
  }
`);

export const comparedScoreboard = graphql(`
  query ComparedScoreboard($window: Window, $first: Int) {
    scoreboard(window: $window) {
      totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds p95DurationSeconds
      firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample
      previous {
        from to totalRuns completedRuns successRate settledSuccessRate averageDurationSeconds
        p95DurationSeconds firstPassVerifyRate llmCostUsd costPerCompletedWsUsd autonomousBugFixCount isSmallSample
      }
      change {
        totalRuns { difference relative }
        completedRuns { difference relative }
        successRate settledSuccessRate averageDurationSeconds p95DurationSeconds firstPassVerifyRate
        llmCostUsd { difference relative }
        costPerCompletedWsUsd { difference relative }
        autonomousBugFixCount { difference relative }
        isSmallSample
      }
      byExecutor(first: $first) { ...FiguresRowFields }
      byModel(first: $first) { ...FiguresRowFields }
      byWp(first: $first) { ...FiguresRowFields }
    }
  }
`);

export const costSummary = graphql(`
  query CostSummary($from: DateTime, $to: DateTime, $timeZone: String) {
    costSummary(from: $from, to: $to, timeZone: $timeZone) {
      from to asOf logAsOf totalUsd unattributedUsd unpricedCallCount unpricedModels
      byDocumentType { ...CostRowFields }
      byWs { ...CostRowFields }
      byDate { ...CostRowFields }
      byModel { ...CostRowFields }
      byPhase { ...CostRowFields }
      bySource { ...CostRowFields }
    }
  }
`);

graphql(`
  fragment CostRowFields on CostRow { key costUsd callCount executionCount }
`);
