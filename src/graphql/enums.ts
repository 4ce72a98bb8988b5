import { registerEnumType } from "type-graphql";
import {
  callSources,
  costSources,
  executionOrderFields,
  intervals,
  orderDirections,
  outcomes,
  phaseNames,
  phaseResults,
  statuses,
  windows,
} from "../vocabulary.js";

/** What each word means, by its GraphQL name. */
export type Descriptions<Word extends string> = Readonly<Record<Uppercase<Word>, string>>;

/** A GraphQL enum over pinned words: upper case outside, the word itself inside. */
export function enumOf<Word extends string>(
  name: string,
  description: string,
  words: readonly Word[],
  descriptions: Descriptions<Word>,
  spell: (word: Word) => string = (word) => word.toUpperCase(),
): Readonly<Record<string, Word>> {
  const values = Object.fromEntries(words.map((word) => [spell(word), word]));
  const valuesConfig = Object.fromEntries(
    words.map((word) => [spell(word), { description: descriptions[word.toUpperCase() as Uppercase<Word>] }]),
  );
  registerEnumType(values, { name, description, valuesConfig });
  return values;
}

export const ExecutionStatus = enumOf("ExecutionStatus", "Where a run stands.", statuses, {
  STARTED: "In progress.",
  COMPLETED: "Ended, and did what it was to do.",
  FAILED: "Ended without doing it.",
  HARD_STOP: "Stopped from outside before it could end.",
  BLOCKED: "In progress, but waiting for something it cannot do itself.",
});

export const PhaseName = enumOf("PhaseName", "The phases of a run.", phaseNames, {
  FAILING_TESTS: "Writing tests that fail until the work is done.",
  IMPLEMENT: "Doing the work.",
  VERIFY: "Running the tests.",
  DO_NO_HARM_AUDIT: "Checking that nothing else was broken.",
});

export const PhaseResult = enumOf("PhaseResult", "How a phase ended.", phaseResults, {
  PASS: "It reached what it was for.",
  FAIL: "It did not.",
  SKIPPED: "It was left out.",
});

export const Window = enumOf(
  "Window",
  "A span of time that ends now.",
  windows,
  {
    "24H": "The last 24 hours.",
    "7D": "The last 7 times 24 hours.",
    "30D": "The last 30 times 24 hours.",
    "90D": "The last 90 times 24 hours.",
    ALL: "Everything until now.",
  },
  (word) => (word === "all" ? "ALL" : `LAST_${word.toUpperCase()}`),
);

export const Interval = enumOf("Interval", "The length of one bucket of a trend, in local time.", intervals, {
  DAY: "From midnight to midnight.",
  WEEK: "From Monday to Monday.",
  MONTH: "From the first of a month to the first of the next.",
});

export const Outcome = enumOf("Outcome", "What a write did; none of these is an error.", outcomes, {
  RECORDED: "It was stored.",
  DUPLICATE: "A repeat: every field it names equals what is stored, and nothing changed.",
  CONFLICT_IGNORED:
    "Its key is taken by something different; nothing changed, and what is stored is returned.",
});

export const CostSource = enumOf(
  "CostSource",
  "On whose authority a cost stands; one at a time, never a sum.",
  costSources,
  {
    LLM_LOG: "The sum of the recorded LLM calls of the run.",
    EXECUTOR_REPORTED: "What the executor itself reported, because none of its calls has a cost.",
    PRICED: "The reported tokens at the price of the reported model, because no cost was reported.",
    NONE: "Nothing is known.",
  },
);

export const CallSource = enumOf("CallSource", "How an LLM call reached the product.", callSources, {
  API: "It was reported over GraphQL, by recordLlmCalls or recordEvents.",
  OTLP: "It came with the telemetry of an executor.",
  LLM_LOG: "It was copied from the LLM log of the surrounding system.",
});

export const ExecutionOrderField = enumOf(
  "ExecutionOrderField",
  "What executions are ordered by.",
  executionOrderFields,
  {
    STARTED_AT: "When the run started.",
    COMPLETED_AT: "When the run ended; those in progress come last.",
    DURATION: "How long the run took; those in progress come last.",
    LLM_COST: "What the run cost; those of unknown cost come last.",
  },
);

export const OrderDirection = enumOf(
  "OrderDirection",
  "Which end comes first; what has no value always comes last.",
  orderDirections,
  {
    ASC: "The smallest first.",
    DESC: "The largest first.",
  },
);
