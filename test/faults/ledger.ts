/** Something that a writer reports, under an id that it keeps when it has to send it again. */
export interface Fact {
  readonly kind: "run" | "end" | "phase" | "bug fix" | "call";
  /** What finds it in the database. */
  readonly key: string;
  /** When it happened, as it was told, in RFC 3339. */
  readonly at?: string;
}

/** A request that got no answer, for its connection ended; in milliseconds of the process. */
export interface Severed {
  readonly sentAtMs: number;
  readonly endedAtMs: number;
}

/** What happened to the requests of all writers. */
export class Ledger {
  /** Everything that was sent at least once. */
  readonly sent = new Map<string, Fact>();
  readonly acknowledged = new Map<string, Fact>();
  /** When something was acknowledged, in milliseconds of the process. */
  readonly acknowledgedAtMs: number[] = [];
  readonly severed: Severed[] = [];
  /** Requests whose outcome was not known to their writer, and that it sent again. */
  unknown = 0;
  /** What must never happen, in words; how often. */
  readonly violations = new Map<string, number>();

  send(facts: readonly Fact[]): void {
    for (const fact of facts) this.sent.set(nameOf(fact), fact);
  }

  acknowledge(facts: readonly Fact[]): void {
    for (const fact of facts) this.acknowledged.set(nameOf(fact), fact);
    this.acknowledgedAtMs.push(performance.now());
  }

  violate(sentence: string): void {
    this.violations.set(sentence, (this.violations.get(sentence) ?? 0) + 1);
  }

  /** How often something was acknowledged from `fromMs` to `toMs`. */
  acknowledgedBetween(fromMs: number, toMs: number): number {
    return this.acknowledgedAtMs.filter((at) => at >= fromMs && at < toMs).length;
  }

  /** The longest time without an acknowledgement from `fromMs` on, in milliseconds. */
  longestGapMs(fromMs: number): number {
    const times = [fromMs, ...this.acknowledgedAtMs.filter((at) => at > fromMs)];
    return times.reduce((longest, at, index) => Math.max(longest, at - (times[index - 1] ?? at)), 0);
  }
}

/** What a fact is called among all others. */
export const nameOf = ({ kind, key }: Fact): string => `${kind} ${key}`;
