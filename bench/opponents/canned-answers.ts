import type { ExecutionCost } from "../../src/domain/cost.js";
import type { Execution } from "../../src/domain/execution.js";
import type { Phase, PhaseEvent } from "../../src/domain/phase.js";
import type { executionBugFixes } from "../../src/operations/bug-fix.operations.js";
import type { recordEvents } from "../../src/operations/event.operations.js";
import type { executionCosts } from "../../src/operations/execution.operations.js";
import type { submitExecution } from "../../src/operations/execution-submission.operations.js";
import type { recordPhase } from "../../src/operations/phase.operations.js";

type Result<Operation extends { run(...parts: never): unknown }> = Awaited<ReturnType<Operation["run"]>>;
type Event = PhaseEvent & { readonly executionId: string };
type Submission = { readonly id: string; readonly phase: PhaseEvent };
type Batch = { readonly events: readonly unknown[] };
type Asked = { readonly executionIds: readonly string[] };

const at = new Date();

function phaseOf(event: PhaseEvent, sequence: number): Phase {
  const unsaid = { completedAt: null, durationSeconds: null, result: null, filesModified: null };
  const uncounted = { testsWritten: null, testsPassing: null, testsFailing: null };
  return { ...unsaid, ...uncounted, ...event, sequence };
}

const earlier = (["failing_tests", "implement", "verify", "implement"] as const).map((name, index) => {
  const eventId = `0b7e1c0e-5a8a-4d53-9c2e-00000000000${index}`;
  return phaseOf({ eventId, name, startedAt: at, completedAt: at }, index + 1);
});

/** A run as long as most are, whose last phase is the one that was recorded. */
const executionOf = (id: string, event: PhaseEvent): Execution => ({
  ...{ id, wsId: "WS-1", wpId: "WP-1", scopeId: null, executor: "claude_code", status: "STARTED" },
  ...{ startedAt: at, completedAt: null, durationSeconds: null, createdAt: at },
  phases: [...earlier, phaseOf(event, earlier.length + 1)],
  testMetrics: { written: 6, passing: 12, failing: 0, skipped: 0 },
  fileMetrics: { created: [], modified: [], deleted: [] },
  ...{ reworkCycles: 0, llmCalls: 0, llmTokensIn: 0, llmTokensOut: 0, llmCostUsd: null, llmModel: null },
});

const noCost: ExecutionCost = {
  ...{ totalUsd: null, source: "NONE", loggedUsd: null, reportedUsd: null, estimatedUsd: null },
  ...{ differenceUsd: null, coverage: null, unattributedToPhaseUsd: null },
  ...{ callCount: 0, unpricedCallCount: 0, byPhase: new Map() },
};

/** What operations answer, by their names, without having done anything. */
export const cannedAnswers = {
  submitExecution: ({ id, phase }: Submission): Result<typeof submitExecution> => ({
    ...{ outcome: "RECORDED", created: false, isStart: false, execution: executionOf(id, phase) },
    phaseOutcomes: [{ eventId: phase.eventId, outcome: "RECORDED" }],
  }),
  recordPhase: ({ executionId, ...event }: Event): Result<typeof recordPhase> => {
    const phase = phaseOf(event, earlier.length + 1);
    return { outcome: "RECORDED", phase, execution: executionOf(executionId, event) };
  },
  recordEvents: ({ events }: Batch): Result<typeof recordEvents> =>
    events.map((_, index) => ({ index, outcome: "RECORDED", executionId: null, error: null })),
  executionBugFixes: (): Result<typeof executionBugFixes> => [],
  executionCosts: ({ executionIds }: Asked): Result<typeof executionCosts> =>
    new Map(executionIds.map((id) => [id, noCost])),
};
