import type { Execution } from "../domain/execution.js";
import type { Phase } from "../domain/phase.js";
import { type PhaseEntry, wsExecutions } from "./execution.table.js";

/** The columns that readers see, and pages are ordered by; not what they are generated from. */
export const executionColumns = {
  id: wsExecutions.id,
  wsId: wsExecutions.wsId,
  wpId: wsExecutions.wpId,
  scopeId: wsExecutions.scopeId,
  executor: wsExecutions.executor,
  status: wsExecutions.status,
  startedAt: wsExecutions.startedAt,
  completedAt: wsExecutions.completedAt,
  durationSeconds: wsExecutions.durationSeconds,
  phaseMetrics: wsExecutions.phaseMetrics,
  testMetrics: wsExecutions.testMetrics,
  fileMetrics: wsExecutions.fileMetrics,
  reworkCycles: wsExecutions.reworkCycles,
  llmCalls: wsExecutions.llmCalls,
  llmTokensIn: wsExecutions.llmTokensIn,
  llmTokensOut: wsExecutions.llmTokensOut,
  llmCostUsd: wsExecutions.llmCostUsd,
  llmModel: wsExecutions.llmModel,
  costUsd: wsExecutions.costUsd,
  createdAt: wsExecutions.createdAt,
};

/** A run as these columns give it. */
export type ExecutionRow = Pick<typeof wsExecutions.$inferSelect, keyof typeof executionColumns>;

/** A run as its readers see it: the effective columns, and the phases of its document. */
export function toExecution(row: ExecutionRow): Execution {
  const { written, passing, failing, skipped } = row.testMetrics;
  const { created, modified, deleted } = row.fileMetrics;
  return {
    id: row.id,
    wsId: row.wsId,
    wpId: row.wpId,
    scopeId: row.scopeId,
    executor: row.executor,
    status: row.status,
    startedAt: row.startedAt,
    completedAt: row.completedAt,
    durationSeconds: row.durationSeconds,
    phases: row.phaseMetrics.phases.map(toPhase),
    testMetrics: { written, passing, failing, skipped },
    fileMetrics: { created, modified, deleted },
    reworkCycles: row.reworkCycles,
    llmCalls: row.llmCalls,
    llmTokensIn: row.llmTokensIn,
    llmTokensOut: row.llmTokensOut,
    llmCostUsd: row.llmCostUsd,
    llmModel: row.llmModel,
    createdAt: row.createdAt,
  };
}

function toPhase(entry: PhaseEntry): Phase {
  return {
    eventId: entry.event_id,
    sequence: entry.sequence,
    name: entry.name,
    startedAt: new Date(entry.started_at),
    completedAt: entry.completed_at === null ? null : new Date(entry.completed_at),
    durationSeconds: entry.duration_seconds,
    result: entry.result,
    testsWritten: entry.tests_written ?? null,
    testsPassing: entry.tests_passing ?? null,
    testsFailing: entry.tests_failing ?? null,
    filesModified: entry.files_modified ?? null,
  };
}
