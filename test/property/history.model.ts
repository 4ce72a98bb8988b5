import { expect } from "vitest";
import { type Micros, microsOf, sumOf, usdOf } from "../support/usd.js";
import { authorityOf, callsOf, costOf, costOfPhase, loggedCostOf, settled } from "./cost.model.js";
import { type CallFact, inOrderOfWork, type PhaseFact, type RunFact, reworkOf } from "./facts.js";
import { eventsOf, type History, type Metrics, type PhaseEvent } from "./history.js";

/** The phases after all their events: what the close says counts, then what the opening said. */
function phasesOf(history: History): readonly PhaseEvent[] {
  const told = eventsOf(history, "phase").map(({ phase }) => phase);
  const opened = told.filter(({ completed_at }) => completed_at === undefined);
  const closed = told.filter(({ completed_at }) => completed_at !== undefined);
  const merged = new Map<string, PhaseEvent>();
  for (const phase of [...opened, ...closed])
    merged.set(phase.event_id, { ...merged.get(phase.event_id), ...phase });
  return [...merged.values()].sort((a, b) => (a.event_id < b.event_id ? -1 : 1));
}

/** All that was reported about the run as a whole. */
function metricsOf(history: History): Metrics {
  const told = eventsOf(history, "metrics").map(({ metrics }) => metrics);
  return {
    ...Object.assign({}, ...told),
    test_metrics: Object.assign({}, ...told.map(({ test_metrics }) => test_metrics)),
    file_metrics: Object.assign({}, ...told.map(({ file_metrics }) => file_metrics)),
  };
}

const phaseFact = (phase: PhaseEvent): PhaseFact => ({
  eventId: phase.event_id,
  sequence: phase.sequence ?? 0,
  name: phase.name,
  startedAt: Date.parse(phase.started_at),
  completedAt: phase.completed_at === undefined ? null : Date.parse(phase.completed_at),
  result: phase.result ?? null,
  testsWritten: phase.tests_written ?? null,
});

const amountOf = (micros: Micros | null) => (micros === null ? null : usdOf(micros));

function shownTests(phases: readonly PhaseEvent[], facts: readonly PhaseFact[], metrics: Metrics) {
  const lastVerify = inOrderOfWork(facts)
    .filter(({ name }) => name === "verify")
    .at(-1)?.eventId;
  const verify = phases.find(({ event_id }) => event_id === lastVerify);
  const reported = Object.entries(metrics.test_metrics ?? {}).filter(([, value]) => value !== null);
  return {
    written: phases.reduce((sum, { tests_written = 0 }) => sum + tests_written, 0),
    passing: verify?.tests_passing ?? 0,
    failing: verify?.tests_failing ?? 0,
    skipped: 0,
    ...Object.fromEntries(reported),
  };
}

function shownFiles({ file_metrics = {} }: Metrics) {
  const { created, modified, deleted } = file_metrics;
  return { created: created ?? [], modified: modified ?? [], deleted: deleted ?? [] };
}

function shownPhase(phase: PhaseEvent) {
  const { completed_at } = phase;
  return {
    ...phase,
    result: phase.result ?? null,
    completed_at: completed_at ?? null,
    duration_seconds:
      completed_at === undefined
        ? null
        : Math.floor((Date.parse(completed_at) - Date.parse(phase.started_at)) / 1000),
  };
}

function shownCost(run: RunFact, calls: readonly CallFact[]) {
  const [total, logged, reported] = [costOf(run, calls), loggedCostOf(run, calls), run.reportedCost];
  const phases = run.phases.map((phase) => ({ phase, cost: costOfPhase(phase, run, calls) }));
  const own = callsOf(run, calls);
  const unpriced = own.filter(({ cost }) => cost === null);
  return {
    total_usd: amountOf(total),
    source: authorityOf(run, calls),
    logged_usd: amountOf(logged),
    reported_usd: amountOf(reported),
    estimated_usd: null,
    difference_usd: logged === null || reported === null ? null : amountOf(logged - reported),
    call_count: own.length,
    unpriced_call_count: unpriced.length,
    coverage: own.length === 0 ? null : expect.closeTo(1 - unpriced.length / own.length, 9),
    unattributed_to_phase_usd:
      total === null ? null : amountOf(total - sumOf(phases.map(({ cost }) => cost))),
    by_phase: phases.map(({ phase, cost }) => ({
      event_id: phase.eventId,
      name: phase.name,
      cost_usd: amountOf(cost),
    })),
  };
}

/** The run `id` after the whole history, as REST shows it; phases and bug fixes by their ids, without what the server gives. */
export function runAfter(history: History, id: string) {
  const metrics = metricsOf(history);
  const end = eventsOf(history, "end")[0]?.end;
  const phases = phasesOf(history);
  const facts = phases.map(phaseFact);
  const bound = eventsOf(history, "start").flatMap(({ start }) => start.executor_session_id ?? []);
  const run: RunFact = {
    ...{ id, wsId: "WS-1", model: null, bugFixes: [], reportedWritten: null, phases: facts },
    ...{ sessions: bound, inputTokens: 0, outputTokens: 0 },
    status: end?.status ?? "STARTED",
    startedAt: Date.parse(history.startedAt),
    completedAt: end === undefined ? null : Date.parse(end.completed_at),
    reportedCost: metrics.llm_cost_usd === undefined ? null : microsOf(metrics.llm_cost_usd),
    reportedRework: metrics.rework_cycles ?? null,
  };
  const calls = eventsOf(history, "call").map(
    ({ call }): CallFact => ({
      ...{ key: call.source_key, source: "api", retoldBy: null, documentType: null, model: call.model },
      ...{ inputTokens: null, outputTokens: null },
      executionId: call.claims ? id : null,
      session: call.session ?? null,
      phase: call.phase ?? null,
      startedAt: Date.parse(call.started_at),
      cost: call.cost_usd === undefined ? null : microsOf(call.cost_usd),
    }),
  );
  return {
    ...{ id, ws_id: "WS-1", wp_id: metrics.wp_id ?? null, scope_id: null, executor: "claude_code" },
    status: run.status,
    started_at: history.startedAt,
    completed_at: end?.completed_at ?? null,
    duration_seconds: run.completedAt === null ? null : Math.floor((run.completedAt - run.startedAt) / 1000),
    phases: phases.map(shownPhase),
    test_metrics: shownTests(phases, facts, metrics),
    file_metrics: shownFiles(metrics),
    rework_cycles: reworkOf(run),
    llm_calls: metrics.llm_calls ?? 0,
    llm_tokens_in: metrics.llm_tokens_in ?? 0,
    llm_tokens_out: metrics.llm_tokens_out ?? 0,
    llm_cost_usd: metrics.llm_cost_usd ?? null,
    llm_model: metrics.llm_model ?? null,
    bug_fixes: eventsOf(history, "bugFix").map(({ bugFix }) => {
      return { ...bugFix, ws_execution_id: id, scope_id: null, files_modified: [] };
    }),
    cost: shownCost(run, settled({ runs: [run], calls }).calls),
  };
}
