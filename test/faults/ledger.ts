/** Something that a writer reports, under an id that it keeps when it has to send it again. */
export interface Fact {
  readonly kind: "run" | "phase" | "bug fix" | "call";
  /** What finds it in the database. */
  readonly key: string;
}

/** What happened to the requests of all writers. */
export class Ledger {
  readonly acknowledged = new Map<string, Fact>();
  /** When something was acknowledged, in milliseconds of the process. */
  readonly acknowledgedAtMs: number[] = [];
  /** Requests whose outcome was not known to their writer, and that it sent again. */
  unknown = 0;
  /** What must never happen, in words; how often. */
  readonly violations = new Map<string, number>();

  acknowledge(facts: readonly Fact[]): void {
    for (const fact of facts) this.acknowledged.set(`${fact.kind} ${fact.key}`, fact);
    this.acknowledgedAtMs.push(performance.now());
  }

  violate(sentence: string): void {
    this.violations.set(sentence, (this.violations.get(sentence) ?? 0) + 1);
  }

  /** The longest time without an acknowledgement from `fromMs` on, in milliseconds. */
  longestGapMs(fromMs: number): number {
    const times = [fromMs, ...this.acknowledgedAtMs.filter((at) => at > fromMs)];
    return times.reduce((longest, at, index) => Math.max(longest, at - (times[index - 1] ?? at)), 0);
  }
}
