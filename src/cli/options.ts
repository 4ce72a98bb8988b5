import { type Command, InvalidArgumentError, Option } from "commander";
import { happenedFaults, instantRule, parseInstant } from "../domain/instant.js";
import { largestSequence } from "../domain/phase.js";
import { textFaults } from "../domain/text.js";
import { isUsd, usdRule } from "../domain/usd.js";
import { parseUuid, uuidRule } from "../domain/uuid.js";
import { defaultLimits } from "../limits.js";

/** The largest count that the database holds. */
const maxCount = 2_147_483_647;

/** A whole number from 0. */
export function count(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= maxCount) return number;
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${maxCount}.`);
}

/** A whole number from 1. */
export function countFromOne(text: string): number {
  if (count(text) > 0) return count(text);
  throw new InvalidArgumentError("It must be a whole number from 1.");
}

/** The place of a phase among those of its run. */
export function sequenceNumber(text: string): number {
  const number = count(text);
  if (number >= 1 && number <= largestSequence) return number;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${largestSequence}.`);
}

/** An amount in dollars. */
function dollars(text: string): number {
  const amount = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && isUsd(amount)) return amount;
  throw new InvalidArgumentError(`It ${usdRule}.`);
}

/** Text that every engine stores exactly as sent. */
const exactText = (minLength: number, maxLength: number) => (text: string) => {
  const faults = textFaults(text, minLength, maxLength);
  if (faults.length > 0) throw new InvalidArgumentError(`It ${faults.join("; it ")}.`);
  return text;
};

export const identifier = exactText(1, defaultLimits.identifierLength);
export const executorName = exactText(1, defaultLimits.executorLength);
export const eventId = exactText(1, defaultLimits.eventIdLength);
export const prose = exactText(0, defaultLimits.textLength);
const path = exactText(1, defaultLimits.pathLength);

/** Collects paths that are given one by one. */
export const paths = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  path(text),
];

/** A UUID in lower case. */
export function uuid(text: string): string {
  const id = parseUuid(text);
  if (id !== undefined) return id;
  throw new InvalidArgumentError(`It ${uuidRule}.`);
}

/** One of the pinned words, however its letters and hyphens are written. */
export function wordOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const folded = text.toLowerCase().replaceAll("-", "_");
    const found = words.find((word) => word.toLowerCase() === folded);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`It must be one of ${words.join(", ")}.`);
  };
}

/** When something happened that is being reported; kept as it was written. */
export function happenedAt(text: string): string {
  const time = parseInstant(text);
  const faults = time === undefined ? [instantRule] : happenedFaults(time, new Date());
  if (faults.length > 0) throw new InvalidArgumentError(`It ${faults.join("; it ")}.`);
  return text;
}

/** An instant, or a day, which is its first one in UTC. */
export function instantOrDay(text: string): string {
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text;
  if (parseInstant(instant) !== undefined) return instant;
  throw new InvalidArgumentError("It must be a day, such as 2026-02-23, or an RFC 3339 time with an offset.");
}

/** The option by which a command names the run it is about. */
export const executionOption = () =>
  new Option(
    "--execution <id>",
    "the run it is about (WS_EXECUTION_ID, else that of the work tree)",
  ).argParser(uuid);

/** What a run's updates and its end can say. */
export interface MetricsOptions {
  readonly wp?: string;
  readonly reworkCycles?: number;
  readonly testsWritten?: number;
  readonly testsPassing?: number;
  readonly testsFailing?: number;
  readonly testsSkipped?: number;
  readonly created?: readonly string[];
  readonly modified?: readonly string[];
  readonly deleted?: readonly string[];
  readonly llmCalls?: number;
  readonly llmTokensIn?: number;
  readonly llmTokensOut?: number;
  readonly llmCostUsd?: number;
  readonly llmModel?: string;
}

/** Adds the options for tests. */
export const withTests = (command: Command) =>
  command
    .option("--tests-written <n>", "tests written, in all", count)
    .option("--tests-passing <n>", "tests passing at the end", count)
    .option("--tests-failing <n>", "tests failing at the end", count)
    .option("--tests-skipped <n>", "tests skipped", count);

/** Adds the options for files. */
export const withFiles = (command: Command) =>
  command
    .option("--created <path>", "a file that was created (again for each)", paths)
    .option("--modified <path>", "a file that was modified (again for each)", paths)
    .option("--deleted <path>", "a file that was deleted (again for each)", paths);

/** Adds all that a run's updates and its end can say. */
export const withMetrics = (command: Command) =>
  withFiles(withTests(command))
    .option("--wp <id>", "the Work Package it belongs to", identifier)
    .option("--rework-cycles <n>", "how often work was done again after a failed verify", count)
    .option("--llm-calls <n>", "calls of models, where no telemetry tells", count)
    .option("--llm-tokens-in <n>", "tokens they read", count)
    .option("--llm-tokens-out <n>", "tokens they wrote", count)
    .option("--llm-cost-usd <dollars>", "what they cost", dollars)
    .option("--llm-model <model>", "the model, for its price where no cost is known", identifier);

/** These options as an event spells them; what was not said is absent. */
export function metricsOf(options: MetricsOptions) {
  const {
    created,
    modified,
    deleted,
    reworkCycles,
    llmCalls,
    llmTokensIn,
    llmTokensOut,
    llmCostUsd,
    llmModel,
  } = options;
  const tests = {
    written: options.testsWritten,
    passing: options.testsPassing,
    failing: options.testsFailing,
    skipped: options.testsSkipped,
  };
  const files = { created: copied(created), modified: copied(modified), deleted: copied(deleted) };
  return {
    wpId: options.wp,
    ...(saysAnything(tests) && { testMetrics: tests }),
    ...(saysAnything(files) && { fileMetrics: files }),
    reworkCycles,
    llmCalls,
    llmTokensIn,
    llmTokensOut,
    llmCostUsd,
    llmModel,
  };
}

const saysAnything = (values: object) => Object.values(values).some((value) => value !== undefined);
const copied = (paths: readonly string[] | undefined) => paths && [...paths];
