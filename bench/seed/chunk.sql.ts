import { callsOf, loggedSums, storedCalls } from "./calls.sql.js";
import { storedFixes } from "./fixes.sql.js";
import { phasesOf, shownByPhases, storedPhases } from "./phases.sql.js";
import { runsOf, storedExecutions } from "./runs.sql.js";
import { type Chunk, firstRunWithCalls, type SeedPlan } from "./seed-plan.js";

/**
 * One statement that stores a chunk of runs with all that belongs to them, as the product itself would have stored it:
 * documents, derived metrics and sums agree with the rows.
 */
export function chunkStatement(plan: SeedPlan, chunk: Chunk): string {
  const { seed } = plan;
  const hasCalls = chunk.from >= firstRunWithCalls(plan);
  const expressions = [
    runsOf(plan, chunk),
    phasesOf(plan),
    `stored_phases as (${storedPhases(seed)})`,
    `stored_sessions as (${storedSessions(seed)})`,
    `stored_fixes as (${storedFixes(seed)})`,
    `shown as (${shownByPhases(seed)})`,
    ...(hasCalls
      ? [callsOf(plan), `stored_calls as (${storedCalls(seed)})`, `logged as (${loggedSums})`]
      : []),
  ];
  return `with ${expressions.join(",")} ${storedExecutions(plan, hasCalls)}`;
}

/** Binds runs to the sessions that some of their calls name. */
const storedSessions = (seed: number) => `
    insert into ws_execution_sessions (ws_execution_id, executor_session_id, created_at)
    select id, 'session-${seed}-' || run, started_at from runs where has_session`;
