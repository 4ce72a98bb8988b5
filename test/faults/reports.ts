import { logsOf, nanoseconds, record } from "../otlp/requests.js";
import type { Fact } from "./ledger.js";
import type { Random } from "./random.js";

/** A request that can be sent again, and what its acknowledgement means. */
export interface Report {
  readonly path: string;
  readonly body: unknown;
  readonly facts: readonly Fact[];
}

const api = "/api/v1/metrics";
const runPath = `${api}/ws-execution`;
const recordEvents =
  "mutation ($events: [EventInput!]!) { recordEvents(events: $events) { outcome error { code } } }";
const recordCalls =
  "mutation ($calls: [LlmCallInput!]!) { recordLlmCalls(input: $calls) { outcome error { code } } }";

/** Past wherever this runs, for what lies ahead of the server's clock is refused. */
const earliestMs = Date.UTC(2025, 0, 1);
const monthMs = 30 * 86_400_000;
const callsOfNoRun = 0.3;
const runsThatAreSpentOnFirst = 0.3;

/** What an executor has to tell of one run, through one door or another; the same for the same seed. */
export class Run {
  readonly #id: string;
  readonly #random: Random;
  /** Calls may be told of before the run that they claim to belong to. */
  readonly #isSpentOnFirst: boolean;
  readonly #startedAtMs: number;
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#id = random.uuid();
    this.#isSpentOnFirst = random.share() < runsThatAreSpentOnFirst;
    this.#startedAtMs = earliestMs + random.between(0, monthMs);
  }

  /** Everything there is to tell, in order. */
  *reports(): Generator<Report> {
    if (this.#isSpentOnFirst) yield this.#calls();
    yield this.#start();
    const kinds = [this.#phase, this.#events, this.#bugFix, this.#calls, this.#telemetry] as const;
    for (let left = this.#random.between(5, 25); left > 0; left -= 1)
      yield this.#random.oneOf(kinds).call(this);
    yield this.#end();
  }

  #start(): Report {
    const started_at = new Date(this.#startedAtMs).toISOString();
    const body = { id: this.#id, ws_id: "WS-FAULTS", executor: "writer", started_at };
    return { path: runPath, body, facts: [{ kind: "run", key: this.#id, at: started_at }] };
  }

  #end(): Report {
    const completed_at = this.#later();
    const body = { id: this.#id, status: "COMPLETED", completed_at };
    return { path: runPath, body, facts: [{ kind: "end", key: this.#id, at: completed_at }] };
  }

  #phase(): Report {
    const event_id = `phase-${this.#count++}`;
    const started_at = this.#later();
    const body = { id: this.#id, phase: { event_id, name: "implement", started_at } };
    return { path: runPath, body, facts: [this.#phaseFact(event_id, started_at)] };
  }

  #events(): Report {
    const phases = Array.from({ length: 4 }, () => ({
      eventId: `event-${this.#count++}`,
      startedAt: this.#later(),
    }));
    const events = phases.map((phase) => ({
      recordPhase: { executionId: this.#id, name: "VERIFY", result: "PASS", ...phase },
    }));
    return {
      path: "/graphql",
      body: { query: recordEvents, variables: { events } },
      facts: phases.map(({ eventId, startedAt }) => this.#phaseFact(eventId, startedAt)),
    };
  }

  #bugFix(): Report {
    const id = this.#random.uuid();
    const words = {
      description: "It failed.",
      test_name: "a test",
      root_cause: "a fault",
      fix_summary: "mended",
    };
    const body = { id, ws_execution_id: this.#id, autonomous: true, files_modified: ["a.ts"], ...words };
    return { path: `${api}/bug-fix`, body, facts: [{ kind: "bug fix", key: id }] };
  }

  #calls(): Report {
    const calls = Array.from({ length: 3 }, () => ({
      sourceKey: this.#random.uuid(),
      startedAt: this.#later(),
      model: "a-model",
      costUsd: this.#random.between(1, 1_000) / 1_000,
      ...(this.#random.share() >= callsOfNoRun && { executionId: this.#id }),
    }));
    return {
      path: "/graphql",
      body: { query: recordCalls, variables: { calls } },
      facts: calls.map(({ sourceKey, startedAt }) => ({ kind: "call", key: sourceKey, at: startedAt })),
    };
  }

  /** Records of Claude Code, whose calls are found by their request ids. */
  #telemetry(): Report {
    const calls = Array.from({ length: 2 }, () => ({ id: this.#random.uuid(), at: this.#later() }));
    const records = calls.map(({ id, at }) =>
      record(
        {
          "event.name": "api_request",
          request_id: id,
          model: "a-model",
          cost_usd_micros: this.#random.between(1, 1_000_000),
        },
        { timeUnixNano: nanoseconds(at) },
      ),
    );
    const resource = { "service.name": "claude-code", ws_execution_id: this.#id };
    return {
      path: "/v1/logs",
      body: logsOf({ scope: "com.anthropic.claude_code.events", resource }, ...records),
      facts: calls.map(({ id, at }) => ({ kind: "call", key: `claude_code:${id}`, at })),
    };
  }

  #phaseFact(eventId: string, at: string): Fact {
    return { kind: "phase", key: `${this.#id} ${eventId}`, at };
  }

  /** A moment after the run was started, in RFC 3339. */
  #later(): string {
    return new Date(this.#startedAtMs + this.#random.between(0, monthMs)).toISOString();
  }
}
