import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import {
  completeExecution,
  execution,
  recordBugFix,
  recordPhase,
  startExecution,
  updateExecution,
} from "../client/documents.js";
import type { PhaseName, PhaseResult } from "../client/gql/graphql.js";
import { after, hour, minute, noon } from "../support/clock.js";
import { startTestServer } from "../support/server.js";
import { inCamelCase, restBugFixOf, restExecutionOf } from "../support/spelling.js";

const server = await startTestServer();

type Fields = Readonly<Record<string, unknown>>;

/** One step of a run as REST is told it, and as GraphQL is. */
interface Step {
  readonly what: string;
  readonly rest: Fields;
  readonly graphql: (id: string) => Promise<{ readonly outcome: string; readonly execution: Fields }>;
}

const startedAt = after(noon, -2 * hour);

function phaseStep(what: string, name: PhaseName, fields: Fields & { readonly result?: PhaseResult }): Step {
  const result = fields.result && { result: fields.result.toLowerCase() };
  const event = { started_at: startedAt, ...fields };
  return {
    what,
    rest: { phase: { ...event, name: name.toLowerCase(), ...result } },
    graphql: async (executionId) => {
      const input = { ...inCamelCase(event), name, executionId, startedAt };
      const { body } = await server.graphql(recordPhase, { input });
      const { outcome, execution } = body.data.recordPhase;
      return { outcome, execution: restExecutionOf(execution) };
    },
  };
}

function startStep(what: string, fields: Fields): Step {
  const start = { ws_id: "WS-1", executor: "subagent", ...fields };
  return {
    what,
    rest: start,
    graphql: async (id) => {
      const input = { wsId: "WS-1", executor: "subagent", ...inCamelCase(fields), id };
      const { body } = await server.graphql(startExecution, { input });
      const { outcome, execution } = body.data.startExecution;
      return { outcome, execution: restExecutionOf(execution) };
    },
  };
}

function updateStep(what: string, fields: Fields): Step {
  return {
    what,
    rest: fields,
    graphql: async (id) => {
      const { body } = await server.graphql(updateExecution, { input: { ...inCamelCase(fields), id } });
      const { outcome, execution } = body.data.updateExecution;
      return { outcome, execution: restExecutionOf(execution) };
    },
  };
}

function completeStep(what: string, fields: Fields): Step {
  return {
    what,
    rest: { status: "COMPLETED", ...fields },
    graphql: async (id) => {
      const { body } = await server.graphql(completeExecution, { input: { ...inCamelCase(fields), id } });
      const { outcome, execution } = body.data.completeExecution;
      return { outcome, execution: restExecutionOf(execution) };
    },
  };
}

const end = { completed_at: after(startedAt, 90 * minute), llm_cost_usd: 1.234567 };
const everyMetric = {
  ...{ wp_id: "WP-1", rework_cycles: 2, llm_calls: 3, llm_tokens_in: 2_147_483_647, llm_tokens_out: 5 },
  ...{ llm_cost_usd: 999_999.999999, llm_model: "a-model" },
  test_metrics: { written: 1, passing: 2, failing: 3, skipped: 4 },
  file_metrics: { created: ["a"], modified: ["b", "c"], deleted: [] },
};
const counters = { tests_written: 1, tests_passing: 2, tests_failing: 0, files_modified: 4 };

const steps: readonly Step[] = [
  startStep("a start", {}),
  startStep("the same start", {}),
  startStep("a start that knows more", { started_at: startedAt, wp_id: "WP-9", scope_id: "team" }),
  startStep("that start again", { started_at: startedAt, wp_id: "WP-9", scope_id: "team" }),
  updateStep("nothing", {}),
  updateStep("a block", { status: "BLOCKED" }),
  updateStep("an unblocking", { status: "STARTED" }),
  updateStep("every metric", everyMetric),
  updateStep("every metric again", everyMetric),
  updateStep("two counts and a removal", { test_metrics: { written: null, passing: 7 } }),
  updateStep("an emptied list", { file_metrics: { modified: null } }),
  updateStep("nulls, which are as absent", { rework_cycles: null, llm_cost_usd: null, wp_id: null }),
  phaseStep("an open phase", "VERIFY", { event_id: "one", duration_seconds: 7 }),
  phaseStep("the open phase again", "VERIFY", { event_id: "one", duration_seconds: 7 }),
  phaseStep("its close", "VERIFY", {
    ...{ event_id: "one", completed_at: after(startedAt, 61_999), result: "FAIL" as const, ...counters },
  }),
  phaseStep("its opening after the close", "VERIFY", { event_id: "one" }),
  phaseStep("another phase under its id", "IMPLEMENT", { event_id: "one" }),
  phaseStep("a phase with a sequence", "IMPLEMENT", { event_id: "two", sequence: 9, result: "PASS" }),
  phaseStep("a phase after it", "DO_NO_HARM_AUDIT", { event_id: "three", result: "SKIPPED" }),
  completeStep("an end", end),
  completeStep("the same end", end),
  completeStep("an end at another time", { completed_at: noon }),
  phaseStep("a phase after the end", "FAILING_TESTS", { event_id: "four" }),
  updateStep("a metric after the end", { llm_calls: 9 }),
];

test("a run told through GraphQL and one told through REST are the same after every step", async () => {
  const [byRest, byGraphql] = [randomUUID(), randomUUID()];

  for (const { what, rest, graphql } of steps) {
    const posted = await server.post("/ws-execution", { id: byRest, ...rest });
    const mutated = await graphql(byGraphql);

    const { outcome, phase_outcomes, executor_env, ...execution } = posted.body;
    expect({ what, outcome: mutated.outcome }).toEqual({ what, outcome });
    expect({ what, ...mutated.execution, id: byRest }).toEqual({ what, ...execution });
  }
  const read = await server.get(`/ws-executions/${byRest}`);
  const queried = await server.graphql(execution, { id: byRest });
  if (!queried.body.data.execution) throw new Error("the run is there");
  expect(restExecutionOf(queried.body.data.execution)).toEqual(read.body);
});

test("a bug fix told through GraphQL and one told through REST are the same", async () => {
  const { body: run } = await server.post("/ws-execution", { ws_id: "WS-1", executor: "human" });
  const [byRest, byGraphql] = [randomUUID(), randomUUID()];
  const text = { description: "It broke ☃", root_cause: "", test_name: "it holds", fix_summary: "Count" };
  const facts = { ...text, autonomous: true, files_modified: ["a.ts"], scope_id: "team" };
  const variants = [facts, facts, { ...facts, autonomous: false }, { ...text, autonomous: true }];

  for (const variant of variants) {
    const posted = await server.post("/bug-fix", { id: byRest, ws_execution_id: run.id, ...variant });
    const input = {
      ...{
        id: byGraphql,
        executionId: String(run.id),
        autonomous: variant.autonomous,
        ...inCamelCase(variant),
      },
      ...{ description: "It broke ☃", rootCause: "", testName: "it holds", fixSummary: "Count" },
    };
    const { body } = await server.graphql(recordBugFix, { input });

    const { outcome, ...bugFix } = posted.body;
    expect(body.data.recordBugFix.outcome).toBe(outcome);
    expect({ ...restBugFixOf(body.data.recordBugFix.bugFix), id: byRest }).toEqual(bugFix);
  }
});
