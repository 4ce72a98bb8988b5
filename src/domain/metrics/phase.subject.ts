import type { SubjectDefinition } from "./definition.js";
import { runDimensions } from "./run-dimensions.js";

const notReported = "the reporter did not say";

/** Phases, by when they began. */
export const phaseSubject = {
  definition: "Phases of runs.",
  clock: "startedAt of the phase",
  dimensions: {
    ...runDimensions,
    phase: { definition: "The name of the phase." },
    phase_result: { definition: "How the phase ended.", nullMeans: "it is open, or its result was not told" },
    rework: { definition: "Whether a verify of its run had failed before it." },
  },
  measures: {
    count: { kind: "count", unit: "{phase}", definition: "Phases.", formula: "count of phases" },
    execution_count: {
      kind: "count",
      unit: "{run}",
      definition: "Different runs among the phases.",
      formula: "count of distinct executionId",
    },
    pass_rate: {
      kind: "ratio",
      unit: "1",
      definition: "The fraction of passed phases among those that passed or failed.",
      formula: "phases with result PASS / phases with result PASS or FAIL",
      nullMeans: "no phase passed or failed",
    },
    duration_seconds: {
      kind: "value",
      unit: "s",
      definition: "How long the phase took.",
      formula: "floor(completedAt - startedAt), of an open phase what was reported",
      nullMeans: "the phase is open, and no duration was reported",
    },
    cost_usd: {
      kind: "value",
      unit: "USD",
      definition: "What the LLM calls of the phase cost.",
      formula: "sum of calls that name it, and of those that started inside its span alone; 0 without calls",
      nullMeans: "no call of its run has a cost, or none of its own calls has",
    },
    tests_written: {
      kind: "value",
      unit: "{test}",
      definition: "Tests written in the phase.",
      formula: "testsWritten as reported",
      nullMeans: notReported,
    },
    tests_passing: {
      kind: "value",
      unit: "{test}",
      definition: "Tests that passed in the phase.",
      formula: "testsPassing as reported",
      nullMeans: notReported,
    },
    tests_failing: {
      kind: "value",
      unit: "{test}",
      definition: "Tests that failed in the phase.",
      formula: "testsFailing as reported",
      nullMeans: notReported,
    },
    files_modified: {
      kind: "value",
      unit: "{file}",
      definition: "Files modified in the phase.",
      formula: "filesModified as reported",
      nullMeans: notReported,
    },
  },
} as const satisfies SubjectDefinition;
