import { setTimeout as pause } from "node:timers/promises";
import type { Fact, Ledger } from "./ledger.js";
import { Random } from "./random.js";

/** A request that can be sent again, and what its acknowledgement means. */
interface Report {
  readonly path: string;
  readonly body: unknown;
  readonly facts: readonly Fact[];
}

const instant = (random: Random) =>
  new Date(Date.UTC(2026, 0, 1) + random.between(0, 30 * 86_400_000)).toISOString();

const api = "/api/v1/metrics";
const batch =
  "mutation ($events: [EventInput!]!) { recordEvents(events: $events) { outcome error { code } } }";

/** The next things that an executor has to tell of one run, through one door or another. */
class Run {
  readonly #id: string;
  readonly #random: Random;
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#id = random.uuid();
  }

  start(): Report {
    const body = { id: this.#id, ws_id: "WS-FAULTS", executor: "writer", started_at: instant(this.#random) };
    return { path: `${api}/ws-execution`, body, facts: [{ kind: "run", key: this.#id }] };
  }

  next(): Report {
    return this.#random.oneOf([
      () => this.#phase(),
      () => this.#events(),
      () => this.#bugFix(),
      () => this.#calls(),
    ])();
  }

  #phase(): Report {
    const event_id = `phase-${this.#count++}`;
    const phase = { event_id, name: "implement", started_at: instant(this.#random) };
    const facts: Fact[] = [{ kind: "phase", key: `${this.#id} ${event_id}` }];
    return { path: `${api}/ws-execution`, body: { id: this.#id, phase }, facts };
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
      startedAt: instant(this.#random),
      model: "a-model",
      costUsd: this.#random.between(1, 1_000) / 1_000,
      ...(this.#random.share() < 0.7 && { executionId: this.#id }),
    }));
    const query =
      "mutation ($calls: [LlmCallInput!]!) { recordLlmCalls(input: $calls) { outcome error { code } } }";
    const facts = calls.map(({ sourceKey }): Fact => ({ kind: "call", key: sourceKey }));
    return { path: "/graphql", body: { query, variables: { calls } }, facts };
  }

  #events(): Report {
    const eventIds = Array.from({ length: 4 }, () => `event-${this.#count++}`);
    const events = eventIds.map((eventId) => ({
      recordPhase: {
        executionId: this.#id,
        eventId,
        name: "VERIFY",
        result: "PASS",
        startedAt: instant(this.#random),
      },
    }));
    const facts = eventIds.map((eventId): Fact => ({ kind: "phase", key: `${this.#id} ${eventId}` }));
    return { path: "/graphql", body: { query: batch, variables: { events } }, facts };
  }
}

/** Who reports, and to whom. */
export interface WritersPlan {
  readonly seed: number;
  readonly count: number;
  /** Servers that answer the same, in turn; they may change. */
  readonly urls: () => readonly string[];
  /** No answer may come later than that, in milliseconds. */
  readonly latestAnswerMs: number;
  readonly ledger: Ledger;
  /** Whether every report is sent to two servers at once. */
  readonly isTwice?: boolean | undefined;
}

/** Executors that report one thing after the other, each until it is acknowledged, with the same ids. */
export class Writers {
  readonly #plan: WritersPlan;
  readonly #running: Promise<void>[];
  #isOver = false;
  #isGivenUp = false;

  constructor(plan: WritersPlan) {
    this.#plan = plan;
    this.#running = Array.from({ length: plan.count }, (_, number) =>
      this.#write(new Random(plan.seed * 1_000 + number)),
    );
  }

  /** Resolves when `count` more reports were acknowledged; false when that took longer than `withinMs`. */
  async acknowledge(count: number, withinMs: number): Promise<boolean> {
    const { acknowledgedAtMs } = this.#plan.ledger;
    const enough = acknowledgedAtMs.length + count;
    const deadlineMs = performance.now() + withinMs;
    while (acknowledgedAtMs.length < enough && performance.now() < deadlineMs) await pause(20);
    return acknowledgedAtMs.length >= enough;
  }

  /** Lets every writer have its last report acknowledged; false when that took longer than `withinMs`. */
  async finish(withinMs: number): Promise<boolean> {
    this.#isOver = true;
    const finished = Promise.all(this.#running).then(() => true);
    const isInTime = await Promise.race([finished, pause(withinMs, false)]);
    this.#isGivenUp = true;
    await finished;
    return isInTime;
  }

  async #write(random: Random): Promise<void> {
    const run = new Run(random);
    await this.#tellUntilAcknowledged(run.start(), random);
    while (!this.#isOver) await this.#tellUntilAcknowledged(run.next(), random);
  }

  async #tellUntilAcknowledged(report: Report, random: Random): Promise<void> {
    const { ledger, urls, isTwice } = this.#plan;
    while (!this.#isGivenUp) {
      const chosen = isTwice ? urls() : [random.oneOf(urls())];
      const acknowledged = await Promise.all(chosen.map((url) => this.#tell(url, report)));
      if (acknowledged.includes(true)) return ledger.acknowledge(report.facts);
      ledger.unknown += 1;
      await pause(random.between(20, 200));
    }
  }

  /** Sends a report; whether it was acknowledged. */
  async #tell(url: string, { path, body }: Report): Promise<boolean> {
    const { ledger, latestAnswerMs } = this.#plan;
    const begunAtMs = performance.now();
    let answer: { status: number; retryAfter: string | null; text: string };
    try {
      const response = await fetch(`${url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(latestAnswerMs * 2),
      });
      answer = {
        status: response.status,
        retryAfter: response.headers.get("retry-after"),
        text: await response.text(),
      };
    } catch {
      if (performance.now() - begunAtMs > latestAnswerMs) ledger.violate("an answer never came");
      return false; // the connection was lost: nothing is known
    }
    if (performance.now() - begunAtMs > latestAnswerMs) ledger.violate("an answer came after the time limit");
    if (answer.status === 503 || answer.status === 429) {
      if (answer.retryAfter === null) ledger.violate(`${answer.status} without Retry-After`);
      return false;
    }
    if (answer.status >= 300) {
      ledger.violate(`${path} was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
      return false;
    }
    return isRecorded(answer.text, ledger);
  }
}

/** Whether everything in an answer is stored; items of a batch that are `UNAVAILABLE` are not. */
function isRecorded(text: string, ledger: Ledger): boolean {
  if (text.includes('"CONFLICT_IGNORED"')) ledger.violate("what was sent again was taken for something else");
  const codes = [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code);
  for (const code of codes) if (code !== "UNAVAILABLE") ledger.violate(`a report was answered ${code}`);
  return codes.length === 0;
}
