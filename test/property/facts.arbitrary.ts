import fc from "fast-check";
import {
  type CallSource,
  finalStatuses,
  phaseNames,
  phaseResults,
  type Status,
  statuses,
} from "../../src/vocabulary.js";
import { day, hour, minute, second } from "../support/clock.js";
import { perhaps } from "../support/property.js";
import type { Micros } from "../support/usd.js";
import type { CallFact, Facts, RunFact } from "./facts.js";

/** Amounts from nothing to the most a client may report. */
const amount: fc.Arbitrary<Micros> = fc.oneof(
  fc.bigInt({ min: 0n, max: 2_000_000n }),
  fc.bigInt({ min: 0n, max: 999_999_999_999n }),
  fc.constantFrom(0n, 1n, 999_999_999_999n),
);

/** Instants around `pivot`: minutes, hours or weeks away, some just beside an edge. */
export const instantsAround = (pivot: number): fc.Arbitrary<number> =>
  fc
    .tuple(
      fc.oneof(
        fc.integer({ min: -240, max: 240 }).map((minutes) => minutes * minute),
        fc.integer({ min: -60, max: 60 }).map((hours) => hours * hour),
        fc.integer({ min: -40, max: 40 }).map((days) => days * day),
      ),
      fc.constantFrom(0, 0, 0, -1, 1, 999),
    )
    .map(([distance, nudge]) => pivot + distance + nudge);

const count = fc.integer({ min: 0, max: 9 });
const tokens = fc.oneof(fc.integer({ min: 0, max: 2_000_000 }), fc.constantFrom(0, 0, 1));
const session = fc.constantFrom("session-1", "session-2", "session-3");
const isFinal = (status: Status) => finalStatuses.some((final) => final === status);

/** Any phase, those that cost and rework are about more often. */
const name = fc.constantFrom(...phaseNames, "implement", "implement", "verify", "verify");

const phase = fc.record({
  name,
  afterStart: fc.integer({ min: 0, max: 12 }).map((steps) => steps * 10 * minute),
  lasts: perhaps(fc.integer({ min: 0, max: 9 }).map((steps) => steps * 10 * minute)),
  result: perhaps(fc.constantFrom(...phaseResults, "fail", "fail")),
  testsWritten: perhaps(count),
});

const run = (pivot: number) =>
  fc.record({
    wsId: fc.constantFrom("WS-1", "WS-2", "WS-3"),
    status: fc.oneof(fc.constantFrom(...statuses), fc.constant<Status>("COMPLETED")),
    startedAt: instantsAround(pivot),
    lasts: fc.integer({ min: 0, max: 3 * 3600 * second }),
    sessions: fc.uniqueArray(session, { maxLength: 2 }),
    model: perhaps(fc.constantFrom("model-a", "model-b", "model-c")),
    inputTokens: tokens,
    outputTokens: tokens,
    reportedCost: fc.option(amount, { nil: null, freq: 1 }),
    reportedRework: perhaps(fc.integer({ min: 0, max: 1 })),
    reportedWritten: perhaps(count),
    phases: fc.array(phase, { maxLength: 6 }),
    bugFixes: fc.array(fc.record({ createdAt: instantsAround(pivot), autonomous: fc.boolean() }), {
      maxLength: 2,
    }),
  });

/** Who tells of a call, and perhaps who tells of it again; only the API may be told a key that others made. */
const tellers: fc.Arbitrary<Pick<CallFact, "source" | "retoldBy">> = fc
  .tuple(fc.constantFrom<CallSource[]>("api", "api", "otlp", "llm_log"), fc.integer({ min: 0, max: 5 }))
  .map(([source, again]) => {
    if (again > 1) return { source, retoldBy: null };
    if (source !== "api") return { source, retoldBy: "api" };
    return { source, retoldBy: again === 0 ? "otlp" : "llm_log" };
  });

const call = (pivot: number) =>
  fc.record({
    told: tellers,
    /** Of which run; null of none, -1 of one that nobody starts. */
    of: perhaps(fc.integer({ min: -1, max: 8 })),
    claims: fc.boolean(),
    session: perhaps(session),
    afterStart: fc.integer({ min: -1, max: 20 }).map((steps) => steps * 7 * minute),
    /** So long after the last instant at which the session of a run that ended still counts. */
    afterGrace: fc.option(fc.constantFrom(-1, 0, 1), { nil: null, freq: 1 }),
    elsewhen: fc.option(instantsAround(pivot), { nil: null, freq: 2 }),
    phase: perhaps(name),
    documentType: perhaps(fc.constantFrom("spec", "code")),
    model: fc.constantFrom("model-a", "model-b", "model-c"),
    inputTokens: perhaps(tokens),
    outputTokens: perhaps(tokens),
    cost: fc.option(amount, { nil: null, freq: 2 }),
  });

type RunDraft = ReturnType<typeof run> extends fc.Arbitrary<infer Draft> ? Draft : never;
type CallDraft = ReturnType<typeof call> extends fc.Arbitrary<infer Draft> ? Draft : never;

const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
const nobody = "ffffffff-ffff-4fff-8fff-ffffffffffff";

function runFact({ lasts, phases, ...draft }: RunDraft, index: number): RunFact {
  return {
    ...draft,
    id: idOf(index),
    completedAt: isFinal(draft.status) ? draft.startedAt + lasts : null,
    phases: phases.map(({ afterStart, lasts: length, ...boundary }, place) => {
      const startedAt = draft.startedAt + afterStart;
      const completedAt = length === null ? null : startedAt + length;
      return { ...boundary, startedAt, completedAt, eventId: `event-${place}`, sequence: place + 1 };
    }),
  };
}

/** OpenTelemetry of Claude Code makes the key from the id of the request; a log of UUIDs from those. */
const keyOf = ({ source, retoldBy }: Pick<CallFact, "source" | "retoldBy">, index: number) =>
  source === "otlp" || retoldBy === "otlp" ? `claude_code:call-${index}` : idOf(1_000 + index);

function callFact(
  { told, of, claims, afterStart, afterGrace, elsewhen, ...draft }: CallDraft,
  index: number,
  runs: readonly RunFact[],
  pivot: number,
): CallFact {
  const owner = of === null ? undefined : runs[of];
  const end = owner?.completedAt ?? null;
  const atEdge = end === null || afterGrace === null ? null : end + 5 * minute + afterGrace;
  const fact = {
    ...{ ...draft, ...told, key: keyOf(told, index) },
    executionId: claims ? (owner?.id ?? (of === -1 ? nobody : null)) : null,
    startedAt: atEdge ?? elsewhen ?? (owner?.startedAt ?? pivot) + afterStart,
  };
  // Telemetry of Claude Code knows neither phases nor documents.
  return fact.source === "otlp" ? { ...fact, phase: null, documentType: null } : fact;
}

/** Runs, calls and bug fixes within some weeks of an instant, most of them within some hours. */
export const factsAround = (pivot: number): fc.Arbitrary<Facts> =>
  fc
    .record({
      runs: fc.array(run(pivot), { maxLength: 9 }),
      calls: fc.array(call(pivot), { maxLength: 20 }),
    })
    .map((drafts) => {
      const runs = drafts.runs.map(runFact);
      return { runs, calls: drafts.calls.map((draft, index) => callFact(draft, index, runs, pivot)) };
    });
