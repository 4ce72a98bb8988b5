import { type Command, InvalidArgumentError, Option } from "commander";

/** A whole number from 0. */
export function count(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0.");
}

/** An amount in dollars. */
export function dollars(text: string): number {
  if (/^\d+(\.\d{1,6})?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be dollars with at most 6 decimals, such as 0.052860.");
}

/** Collects what is given several times. */
export const list = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** One of the pinned words, however its letters and hyphens are written. */
export function wordOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const folded = text.toLowerCase().replaceAll("-", "_");
    const found = words.find((word) => word.toLowerCase() === folded);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`It must be one of ${words.join(", ")}.`);
  };
}

/** An instant, kept as it was written. */
export function instant(text: string): string {
  if (/^\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:?\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError(
    "It must be a time with an offset (RFC 3339), such as 2026-02-23T10:00:00Z.",
  );
}

/** The option by which a command names the run it is about. */
export const executionOption = () =>
  new Option("--execution <id>", "the run it is about (WS_EXECUTION_ID, else that of the work tree)");

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
    .option("--created <path>", "a file that was created (again for each)", list)
    .option("--modified <path>", "a file that was modified (again for each)", list)
    .option("--deleted <path>", "a file that was deleted (again for each)", list);

/** Adds all that a run's updates and its end can say. */
export const withMetrics = (command: Command) =>
  withFiles(withTests(command))
    .option("--wp <id>", "the Work Package it belongs to")
    .option("--rework-cycles <n>", "how often work was done again after a failed verify", count)
    .option("--llm-calls <n>", "calls of models, where no telemetry tells", count)
    .option("--llm-tokens-in <n>", "tokens they read", count)
    .option("--llm-tokens-out <n>", "tokens they wrote", count)
    .option("--llm-cost-usd <dollars>", "what they cost", dollars)
    .option("--llm-model <model>", "the model, for its price where no cost is known");

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
