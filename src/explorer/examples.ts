/** A worked example: a tab of the explorer. */
export interface Example {
  readonly query: string;
  /** Variables it is sent with, as JSON. */
  readonly variables?: string;
}

/** The comment at the top of each tells what it answers; the name of its operation is the title of its tab. */
export const examples: readonly Example[] = [
  {
    query: `# Welcome. Ask here what work by AI coding
# executors cost, and how it went.
#
#   Ctrl-Enter  sends the query of this tab
#   Ctrl-Space  tells what can stand there
#   the book    at the left: what a field
#               means, its formula and unit
#   the clock   what you asked before
#
# If the server asks for a key, put it in at
# the top. It is kept by this tab alone.
#
# The other tabs are worked examples. Change
# them: only the mutations of the last write.

query Welcome {
  scoreboard(window: LAST_30D) {
    totalRuns
    firstPassVerifyRate
    llmCostUsd
  }
}
`,
  },
  {
    query: `# How did the last seven days go, and how
# did the seven before?

query Scoreboard {
  scoreboard(window: LAST_7D) {
    totalRuns
    successRate
    successRateInterval { low high }
    firstPassVerifyRate
    averageDurationSeconds
    p95DurationSeconds
    costPerCompletedWsUsd
    isSmallSample
    previous { totalRuns successRate firstPassVerifyRate costPerCompletedWsUsd }
    change { totalRuns { difference relative } costPerCompletedWsUsd { difference relative } }
    byExecutor { key isRest totalRuns successRate llmCostUsd }
    silentRuns(silentAfterHours: 24) { count oldest { wsId executor lastSignOfLifeAt } }
  }
}
`,
  },
  {
    query: `# What did the last 30 days come to, and how
# does the cost per Work Statement develop?

query Dashboard($timeZone: String) {
  dashboard(interval: DAY, timeZone: $timeZone) {
    from
    to
    completedCount
    averageDurationSeconds
    testsWritten
    autonomousBugFixCount
    llmCostUsd
    costPerWsUsd
    trend { start completedCount llmCostUsd costPerWsUsd }
  }
}
`,
    variables: '{ "timeZone": "Europe/Berlin" }',
  },
  {
    query: `# What was spent, and on what? Every breakdown
# adds up to the same total.

query CostSummary {
  costSummary {
    totalUsd
    unattributedUsd
    unpricedCallCount
    byPhase { key costUsd callCount }
    byModel { key costUsd callCount executionCount }
    byDocumentType { key costUsd }
  }
}
`,
  },
  {
    query: `# The latest runs, phase by phase, with the
# bugs that were fixed on the way.

query Runs($filter: ExecutionFilter) {
  executions(filter: $filter, first: 5) {
    totalCount
    nodes {
      id
      wsId
      executor
      status
      startedAt
      durationSeconds
      reworkCycles
      testMetrics { written passing failing skipped }
      phases { sequence name result durationSeconds costUsd }
      bugFixes { description rootCause autonomous }
      cost { totalUsd source unpricedCallCount }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: '{ "filter": { "status": ["COMPLETED", "FAILED"] } }',
  },
  {
    query: `# Any question, one query: what does rework
# cost, per Work Package and month? Catalog,
# below, tells what else can be asked.

query Metrics {
  metrics(
    of: PHASES
    groupBy: [WP_ID]
    filter: { rework: true }
    timeGrain: MONTH
    measures: [{ measure: COST_USD, aggregate: SUM }, { measure: EXECUTION_COUNT }]
    limit: 20
  ) {
    rows { key { wpId } start values }
    rowCount
    totals
  }
}

query Catalog {
  metricCatalog {
    subject
    clock
    dimensions { dimension definition nullMeans }
    measures { measure unit formula aggregates nullMeans }
  }
}
`,
  },
  {
    query: `# One run, as its executor reports it. Each
# of these WRITES; sent again, it changes
# nothing, for the ids are its own.

mutation Start($id: UUID!, $startedAt: DateTime!) {
  startExecution(input: { id: $id, wsId: "WS-1", wpId: "WP-1", executor: "human", startedAt: $startedAt }) {
    outcome
    execution { id status startedAt }
  }
}

mutation Phase($id: UUID!, $startedAt: DateTime!, $endedAt: DateTime!) {
  recordPhase(
    input: {
      executionId: $id
      eventId: "explorer-1"
      name: VERIFY
      result: PASS
      startedAt: $startedAt
      completedAt: $endedAt
    }
  ) {
    outcome
    phase { sequence name durationSeconds }
  }
}

mutation BugFix($id: UUID!) {
  recordBugFix(
    input: {
      id: "e8a7c3a2-6a0e-4c39-9d4c-2f5f3d0f7b11"
      executionId: $id
      description: "The last page was shown twice"
      rootCause: "An off-by-one"
      testName: "the last page is shown once"
      fixSummary: "Counts from zero"
      autonomous: true
    }
  ) {
    outcome
    bugFix { id }
  }
}

mutation Complete($id: UUID!, $endedAt: DateTime!) {
  completeExecution(input: { id: $id, completedAt: $endedAt, llmCostUsd: 0.25 }) {
    outcome
    execution { status durationSeconds cost { totalUsd source } }
  }
}
`,
    variables: `{
  "id": "0d9b7f0e-8c53-4a0b-9a51-5b7f6c1e2a33",
  "startedAt": "2026-02-23T10:00:00Z",
  "endedAt": "2026-02-23T10:04:30Z"
}`,
  },
];
