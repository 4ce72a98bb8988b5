import { randomUUID } from "node:crypto";
import type { FinalStatus, PhaseName, PhaseResult } from "../../src/vocabulary.js";
import type { Answer, Client } from "./client.js";
import { after, hour, minute, second, type TestClock } from "./clock.js";

/** The facts that matter to a test, as REST spells them; the rest is filled in. */
interface ExecutionFacts {
  readonly id?: string;
  readonly ws_id?: string;
  readonly wp_id?: string;
  readonly scope_id?: string;
  readonly executor?: string;
  readonly executor_session_id?: string;
  readonly started_at?: string;
  readonly llm_model?: string;
}

interface PhaseFacts {
  readonly event_id?: string;
  readonly sequence?: number;
  readonly started_at?: string;
  readonly completed_at?: string | null;
  readonly result?: PhaseResult;
  readonly tests_written?: number;
  readonly tests_passing?: number;
  readonly tests_failing?: number;
  readonly files_modified?: number;
}

interface MetricFacts {
  readonly test_metrics?: Readonly<Record<string, number>>;
  readonly file_metrics?: Readonly<Record<string, readonly string[]>>;
  readonly rework_cycles?: number;
  readonly llm_calls?: number;
  readonly llm_tokens_in?: number;
  readonly llm_tokens_out?: number;
  readonly llm_cost_usd?: number;
}

interface EndFacts extends MetricFacts {
  /** How long the run took; 10 minutes unless said otherwise. */
  readonly seconds?: number;
}

interface BugFixFacts {
  readonly id?: string;
  readonly autonomous?: boolean;
  readonly description?: string;
}

interface CallFacts {
  readonly sourceKey?: string;
  readonly executionId?: string | null;
  readonly executorSessionId?: string;
  readonly startedAt?: string;
  readonly phase?: string;
  readonly documentType?: string;
  readonly model?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly costUsd?: number | null;
}

/** A run that is stored and can be added to. */
interface GivenRun {
  readonly id: string;
  readonly started_at: string;
  withBugFix(facts?: BugFixFacts): Promise<GivenRun>;
  withLlmCall(facts?: CallFacts): Promise<GivenRun>;
}

/** A run being described; the last verb says how it stands, and stores it. */
interface DescribedRun {
  /** Unless said otherwise, a passed minute right after the phase before it. */
  phase(name: PhaseName, facts?: PhaseFacts): DescribedRun;
  inProgress(metrics?: MetricFacts): Promise<GivenRun>;
  blocked(metrics?: MetricFacts): Promise<GivenRun>;
  completed(end?: EndFacts): Promise<GivenRun>;
  failed(end?: EndFacts): Promise<GivenRun>;
  hardStopped(end?: EndFacts): Promise<GivenRun>;
}

type Server = Client & { readonly clock: TestClock };
type Phase = PhaseFacts & { readonly name: PhaseName; readonly started_at: string };

function accepted<Body>(answer: Answer<Body>): Body {
  if (answer.status < 300) return answer.body;
  throw new Error(`The given fact was refused: ${JSON.stringify(answer.body)}`);
}

const recordCalls =
  "mutation ($input: [LlmCallInput!]!) { recordLlmCalls(input: $input) { outcome error { message } } }";

async function storeCalls(server: Server, calls: readonly CallFacts[]): Promise<void> {
  const usual = { model: "a-model", startedAt: server.clock.now().toISOString() };
  const input = calls.map((facts) => ({ sourceKey: randomUUID(), ...usual, ...facts }));
  const { body } = await server.graphql<{ recordLlmCalls: { error: unknown }[] }>(recordCalls, { input });
  if (body.errors !== undefined || body.data.recordLlmCalls.some(({ error }) => error !== null)) {
    throw new Error(`The given call was refused: ${JSON.stringify(body)}`);
  }
}

function givenRun(server: Server, id: string, started_at: string): GivenRun {
  const run: GivenRun = {
    id,
    started_at,
    withBugFix: async (facts) => {
      const defaults = {
        description: "It broke",
        root_cause: "An off-by-one",
        test_name: "it holds",
        fix_summary: "Count",
      };
      accepted(
        await server.post("/bug-fix", { ws_execution_id: id, ...defaults, autonomous: true, ...facts }),
      );
      return run;
    },
    withLlmCall: async (facts) => {
      await storeCalls(server, [{ executionId: id, startedAt: started_at, ...facts }]);
      return run;
    },
  };
  return run;
}

type Described = ExecutionFacts & { readonly id: string; readonly started_at: string };

function describedRun(server: Server, execution: Described, phases: readonly Phase[]): DescribedRun {
  const { id, started_at } = execution;
  const store = async (body: object) => {
    accepted(await server.post("/ws-execution", { ...execution, phase_metrics: { phases }, ...body }));
    return givenRun(server, id, started_at);
  };
  const ended = (status: FinalStatus, { seconds = 600, ...metrics }: EndFacts = {}) =>
    store({ status, completed_at: after(started_at, seconds * second), ...metrics });
  return {
    phase: (name, facts = {}) => {
      const start = facts.started_at ?? phases.at(-1)?.completed_at ?? started_at;
      const passed = { event_id: randomUUID(), completed_at: after(start, minute), result: "pass" as const };
      return describedRun(server, execution, [...phases, { name, started_at: start, ...passed, ...facts }]);
    },
    inProgress: (metrics) => store({ status: "STARTED", ...metrics }),
    blocked: (metrics) => store({ status: "BLOCKED", ...metrics }),
    completed: (end) => ended("COMPLETED", end),
    failed: (end) => ended("FAILED", end),
    hardStopped: (end) => ended("HARD_STOP", end),
  };
}

/** Facts that are so before a test begins, told to the server the way executors tell it. */
export function given(server: Server) {
  return {
    /** One run; unless said otherwise it began two hours ago. */
    execution: (facts: ExecutionFacts = {}): DescribedRun => {
      const started_at = after(server.clock.now().toISOString(), -2 * hour);
      const usual = { id: randomUUID(), ws_id: "WS-1", wp_id: "WP-1", executor: "claude_code", started_at };
      return describedRun(server, { ...usual, ...facts }, []);
    },
    /** LLM calls; unless said otherwise they are made now, and belong nowhere. */
    calls: (...calls: readonly CallFacts[]) => storeCalls(server, calls),
  };
}
