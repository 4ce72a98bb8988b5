type Words = Readonly<Record<string, string>>;

const range = {
  started_from: "Those of then or later.",
  started_to: "Those of before; now when it is absent.",
};

/** Where GraphQL describes what a route takes, by path; the ending that names a format left out. */
export const describingTypes: Readonly<Record<string, readonly string[]>> = {
  "/ws-execution": ["StartExecutionInput", "UpdateExecutionInput", "CompleteExecutionInput"],
  "/bug-fix": ["RecordBugFixInput"],
  "/ws-executions": ["ExecutionFilter", "ExecutionOrder", "Query.executions"],
  "/ws-executions/:id": ["Query.execution"],
  "/dashboard": ["Query.dashboard"],
  "/cost-summary": ["Query.costSummary"],
  "/scoreboard": ["Query.scoreboard"],
  "/bug-fixes": ["BugFixFilter"],
  "/llm-calls": [],
  "/metrics": ["Query.metrics"],
  "/report": ["ExecutionFilter", "Query.costSummary"],
};

/** What routes take that GraphQL does not have, or has in other words; by path. */
export const ownWords: Readonly<Record<string, Words>> = {
  "/ws-execution": {
    phase: "One phase; not together with `phase_metrics`.",
    phase_metrics: "Several phases.",
    phases: "Each is recorded once, however often it is sent.",
  },
  "/llm-calls": {
    ...range,
    execution_id: "Calls of this run.",
    ws_id: "Calls of runs of this Work Statement.",
    wp_id: "Calls of runs of this Work Package.",
    executor: "Calls of runs by this executor.",
    model: "Calls of this model.",
    provider: "Calls that this provider served.",
    document_type: "Calls that worked on this kind of document.",
    source: "Calls that reached the product like this.",
    attributed: "Calls that belong to a known run, or all others.",
    priced: "Calls whose cost is known, or all others.",
  },
};

/** What every route means by these. */
export const commonWords: Words = {
  compare: "Puts the time right before beside the figures, and how they went since.",
  theme: "Light, dark, or as the viewer of the picture prefers.",
  question: "What is asked, in JSON, as the `metrics` query of GraphQL takes it.",
};

/** Where GraphQL describes the fields of a component that is not named as there. */
export const componentTypes: Readonly<Record<string, readonly string[]>> = {
  PhaseMetrics: ["Execution"],
  PhaseCost: ["Phase"],
  PhaseOutcome: ["Phase", "PhasePayload"],
  ExecutionWrite: ["Execution", "ExecutionPayload"],
  BugFixWrite: ["BugFix", "BugFixPayload"],
  ExecutionPage: ["ExecutionConnection"],
};

/** What components say that GraphQL does not have. */
export const componentWords: Words = {
  phase_metrics: "Its phases.",
  phase_outcomes: "What became of each phase event that was sent, in their order.",
  next_cursor: "Where the next page begins; null on the last one.",
  by_phase: "What each phase cost, in their order.",
};
