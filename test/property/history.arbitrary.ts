import fc from "fast-check";
import { finalStatuses, phaseNames, phaseResults } from "../../src/vocabulary.js";
import { after, minute, noon, second } from "../support/clock.js";
import type { Event, History, Metrics, PhaseEvent } from "./history.js";

const startedAt = after(noon, -240 * minute);
const sessions = ["one", "two"] as const;
const count = fc.integer({ min: 0, max: 9 });
const usd = fc.integer({ min: 0, max: 3_000_000 }).map((micros) => micros / 1e6);
const paths = fc.array(fc.constantFrom("a.ts", "b.ts", "c/d.ts"), { maxLength: 3 });

/** What either boundary of a phase may say; where both do, the close is right. */
const said = fc.record(
  {
    sequence: fc.integer({ min: 1, max: 6 }),
    result: fc.constantFrom(...phaseResults, "fail", "fail"),
    tests_written: count,
    tests_passing: count,
    tests_failing: count,
    files_modified: count,
  },
  { requiredKeys: [] },
);

const phase = fc
  .record({
    boundaries: fc.constantFrom("open", "close", "both"),
    name: fc.constantFrom(...phaseNames, "implement", "implement", "verify", "verify"),
    afterStart: fc.integer({ min: 0, max: 6 }),
    lasts: fc.integer({ min: 0, max: 1200 }),
    opening: said,
    closing: said,
  })
  .map(
    ({ boundaries, name, afterStart, lasts, opening, closing }) =>
      (place: number): readonly PhaseEvent[] => {
        const named = { ...(boundaries !== "close" && opening), ...(boundaries !== "open" && closing) };
        // Which of two phases that begin at the same time is earlier, only a sequence that was given can tell.
        const nudge = named.sequence === undefined ? place + 1 : 0;
        const started_at = after(startedAt, afterStart * 10 * minute + nudge);
        const event = { event_id: `event-${place}`, name, started_at };
        const open = { ...event, ...opening };
        const close = { ...event, ...closing, completed_at: after(started_at, lasts * second) };
        return { open: [open], close: [close], both: [open, close] }[boundaries];
      },
  );

const call = fc
  .record(
    {
      phase: fc.constantFrom(...phaseNames),
      cost_usd: usd,
      model: fc.constantFrom("model-a", "model-b"),
      session: fc.constantFrom(...sessions),
      claims: fc.boolean(),
      afterStart: fc.integer({ min: -2, max: 28 }),
    },
    { requiredKeys: ["model", "claims", "afterStart"] },
  )
  .map(({ afterStart, ...call }) => ({ ...call, started_at: after(startedAt, afterStart * 5 * minute) }));

const bugFix = fc.record({
  description: fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !text.includes("\0")),
  autonomous: fc.boolean(),
});

const metric: fc.Arbitrary<Metrics> = fc.record(
  {
    wp_id: fc.constantFrom("WP-1", "WP-2"),
    test_metrics: fc.record(
      {
        written: fc.option(count),
        passing: fc.option(count),
        failing: fc.option(count),
        skipped: fc.option(count),
      },
      { requiredKeys: [] },
    ),
    file_metrics: fc.record(
      { created: fc.option(paths), modified: fc.option(paths), deleted: fc.option(paths) },
      { requiredKeys: [] },
    ),
    rework_cycles: fc.integer({ min: 0, max: 1 }),
    llm_calls: count,
    llm_tokens_in: count,
    llm_tokens_out: count,
    llm_cost_usd: usd,
    llm_model: fc.constantFrom("model-a", "model-b"),
  },
  { requiredKeys: [] },
);

/** One event for each field that is named, down to the keys of the two documents. */
function oneByOne(metrics: Metrics): readonly Event[] {
  const parts = Object.entries(metrics).flatMap(([name, value]) =>
    typeof value === "object"
      ? Object.entries(value).map(([key, inner]) => ({ [name]: { [key]: inner } }))
      : [{ [name]: value }],
  );
  return parts.map((part) => ({ kind: "metrics", metrics: part }));
}

/** Everything one executor tells of one run after its start; `prefix` keeps its keys apart from others'. */
const history: fc.Arbitrary<(prefix: string) => History> = fc
  .record({
    phases: fc.array(phase, { maxLength: 8 }),
    calls: fc.array(call, { maxLength: 8 }),
    bugFixes: fc.array(bugFix, { maxLength: 2 }),
    metrics: metric,
    end: fc.option(
      fc.record({ status: fc.constantFrom(...finalStatuses), lasts: fc.integer({ min: 0, max: 9000 }) }),
    ),
    bindings: fc.subarray([...sessions]),
    /** Five minutes too early, or right at once. */
    isMoved: fc.boolean(),
  })
  .map(({ phases, calls, bugFixes, metrics, end, bindings, isMoved }) => (prefix) => ({
    firstStartedAt: isMoved ? after(startedAt, -5 * minute) : startedAt,
    startedAt,
    events: [
      ...bindings.map((session): Event => {
        return { kind: "start", start: { executor_session_id: `${prefix} ${session}` } };
      }),
      ...(isMoved ? [{ kind: "start", start: { started_at: startedAt } } as const] : []),
      ...phases.flatMap((at, place) => at(place).map((event): Event => ({ kind: "phase", phase: event }))),
      ...calls.map(({ session, ...made }, place): Event => {
        const named = session === undefined ? {} : { session: `${prefix} ${session}` };
        return { kind: "call", call: { ...made, ...named, source_key: `${prefix}-${place}` } };
      }),
      ...bugFixes.map((found, place): Event => {
        const id = `${prefix.slice(0, -1)}${place}`;
        const rest = { root_cause: "An off-by-one", test_name: "it holds", fix_summary: "Count" };
        return { kind: "bugFix", bugFix: { ...found, ...rest, id } };
      }),
      ...oneByOne(metrics),
      ...(end === null
        ? []
        : [
            {
              kind: "end",
              end: { status: end.status, completed_at: after(startedAt, end.lasts * second) },
            } as const,
          ]),
    ],
  }));

export type Door = "rest" | "graphql" | "batch";

/** One event on its way to the server. */
export interface Delivery {
  /** Which event of the history. */
  readonly index: number;
  readonly door: Door;
}

export interface Telling {
  readonly history: (prefix: string) => History;
  /** Every event once, some twice, in any order. */
  readonly deliveries: readonly Delivery[];
  /** Of so many deliveries the calls come before the start of the run. */
  readonly early: number;
}

/** A history, and one of the orders in which it may arrive. */
export const tellings: fc.Arbitrary<Telling> = history.chain((told) => {
  const indices = told("").events.map((_, index) => index);
  return fc.tuple(fc.subarray(indices), fc.nat({ max: indices.length })).chain(([again, early]) => {
    const all = [...indices, ...again];
    return fc.record({
      history: fc.constant(told),
      deliveries: fc
        .tuple(
          fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          fc.array(fc.constantFrom<Door[]>("rest", "graphql", "batch"), {
            ...{ minLength: all.length, maxLength: all.length },
          }),
        )
        .map(([order, doors]) =>
          order.map((index, place): Delivery => ({ index, door: doors[place] ?? "rest" })),
        ),
      early: fc.constant(early),
    });
  });
});
