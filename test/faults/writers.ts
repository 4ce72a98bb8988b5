import { setTimeout as pause } from "node:timers/promises";
import type { Ledger } from "./ledger.js";
import { Random } from "./random.js";
import { type Report, Run } from "./reports.js";

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
      this.#write(new Random(plan.seed * 1_000 + number), new Random(number)),
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

  /** What is told depends on the seed alone, not on how often it has to be told. */
  async #write(random: Random, pauses: Random): Promise<void> {
    while (!this.#isOver)
      for (const report of new Run(random).reports()) {
        await this.#tellUntilAcknowledged(report, pauses);
        if (this.#isOver) return;
      }
  }

  async #tellUntilAcknowledged(report: Report, random: Random): Promise<void> {
    const { ledger, urls, isTwice } = this.#plan;
    ledger.send(report.facts);
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
    const answer = await post(`${url}${path}`, body, latestAnswerMs * 2).catch(() => undefined);
    if (answer === undefined) {
      const endedAtMs = performance.now();
      ledger.severed.push({ sentAtMs: begunAtMs, endedAtMs });
      if (endedAtMs - begunAtMs > latestAnswerMs) ledger.violate("an answer never came");
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

/** @throws when the connection is lost before the whole answer is there, or nothing came within `patienceMs` */
async function post(url: string, body: unknown, patienceMs: number) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });
  const retryAfter = response.headers.get("retry-after");
  return { status: response.status, retryAfter, text: await response.text() };
}

/** Whether everything in an answer is stored; items of a batch that are `UNAVAILABLE` are not. */
function isRecorded(text: string, ledger: Ledger): boolean {
  if (text.includes('"CONFLICT_IGNORED"')) ledger.violate("what was sent again was taken for something else");
  if (text.includes('"partialSuccess"')) ledger.violate(`telemetry was refused: ${text.slice(0, 300)}`);
  const codes = [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code);
  for (const code of codes) if (code !== "UNAVAILABLE") ledger.violate(`a report was answered ${code}`);
  return codes.length === 0;
}
