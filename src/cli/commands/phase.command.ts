import { randomUUID } from "node:crypto";
import { Argument, type Command, Option } from "commander";
import type { PhaseName as SentName, PhaseResult as SentResult } from "../../client/client.js";
import { type PhaseName, type PhaseResult, phaseNames, phaseResults } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import type { OpenPhase } from "../ledger.js";
import { count, eventId, executionOption, happenedAt, sequenceNumber, wordOf } from "../options.js";
import { UsageError } from "../usage-error.js";

interface StartOptions {
  readonly execution?: string;
  readonly eventId?: string;
  readonly sequence?: number;
  readonly startedAt?: string;
}

interface EndOptions extends StartOptions {
  readonly result: PhaseResult;
  readonly completedAt?: string;
  readonly testsWritten?: number;
  readonly testsPassing?: number;
  readonly testsFailing?: number;
  readonly filesModified?: number;
}

const startExamples = `
Prints the id of the phase, which \`wsm phase end\` finds by itself.

Examples:
  wsm phase start failing_tests
  wsm phase start implement --started-at 2026-02-23T10:04:30Z`;

const endExamples = `
Ends the phase that was started last; its name is needed only when several are open. One that was never started here
is reported whole when --started-at is given.

Examples:
  wsm phase end --result pass --tests-passing 14 --tests-failing 0
  wsm phase end verify --result fail
  wsm phase end implement --result pass --started-at 2026-02-23T10:04:30Z --completed-at 2026-02-23T10:19:00Z`;

/** `wsm phase start` and `wsm phase end`. */
export function definePhase(program: Command, cli: Cli): void {
  const phase = program
    .command("phase")
    .summary("start or end a phase")
    .description(`Starts or ends a phase of the run: ${phaseNames.join(", ")}.`);
  phase
    .command("start")
    .summary("start a phase")
    .description("Starts a phase of the run.")
    .addArgument(new Argument("<name>", phaseNames.join(", ")).argParser(wordOf(phaseNames)))
    .addOption(executionOption())
    .option("--event-id <id>", "its id (a new one)", eventId)
    .option("--sequence <n>", "its place among the phases (the next)", sequenceNumber)
    .option("--started-at <time>", "when it started, RFC 3339 (now)", happenedAt)
    .addHelpText("after", startExamples)
    .action((name: PhaseName, options: StartOptions) => start(cli, name, options));
  phase
    .command("end")
    .summary("end a phase")
    .description("Ends a phase of the run.")
    .addArgument(new Argument("[name]", phaseNames.join(", ")).argParser(wordOf(phaseNames)))
    .addOption(
      new Option("--result <result>", phaseResults.join(", "))
        .argParser(wordOf(phaseResults))
        .makeOptionMandatory(),
    )
    .addOption(executionOption())
    .option("--event-id <id>", "the phase with this id", eventId)
    .option("--sequence <n>", "its place among the phases (the next)", sequenceNumber)
    .option("--started-at <time>", "when it started, RFC 3339 (as its start said)", happenedAt)
    .option("--completed-at <time>", "when it ended, RFC 3339 (now)", happenedAt)
    .option("--tests-written <n>", "tests written in it", count)
    .option("--tests-passing <n>", "tests passing at its end", count)
    .option("--tests-failing <n>", "tests failing at its end", count)
    .option("--files-modified <n>", "how many files it changed", count)
    .addHelpText("after", endExamples)
    .action((name: PhaseName | undefined, options: EndOptions) => end(cli, name, options));
}

async function start(cli: Cli, name: PhaseName, options: StartOptions): Promise<void> {
  const executionId = await cli.executionId(options.execution);
  const { eventId: id = randomUUID() } = options;
  const startedAt = options.startedAt ?? cli.surroundings.now().toISOString();
  const { outcome } = await cli.report((client) =>
    client.recordPhase({ executionId, eventId: id, name: sent(name), sequence: options.sequence, startedAt }),
  );
  await cli.remember(cli.ledger().open(executionId, { eventId: id, name, startedAt }));
  cli.result({ executionId, eventId: id, name, outcome }, id);
}

async function end(cli: Cli, name: PhaseName | undefined, options: EndOptions): Promise<void> {
  const executionId = await cli.executionId(options.execution);
  const phase = await phaseToEnd(cli, executionId, name, options);
  const { testsWritten, testsPassing, testsFailing, filesModified, sequence } = options;
  const { outcome } = await cli.report((client) =>
    client.recordPhase({
      executionId,
      eventId: phase.eventId,
      name: sent(phase.name),
      sequence,
      startedAt: phase.startedAt,
      completedAt: options.completedAt ?? cli.surroundings.now().toISOString(),
      result: sentResult(options.result),
      testsWritten,
      testsPassing,
      testsFailing,
      filesModified,
    }),
  );
  await cli.remember(cli.ledger().close(executionId, phase.eventId));
  cli.result({ executionId, eventId: phase.eventId, name: phase.name, outcome }, outcome);
}

/** The open phase that is meant, or one that is reported whole. */
async function phaseToEnd(
  cli: Cli,
  executionId: string,
  name: PhaseName | undefined,
  { eventId: id, startedAt }: EndOptions,
): Promise<OpenPhase> {
  const open = await cli.ledger().openPhases(executionId);
  const meant = open.filter(
    (phase) => (name === undefined || phase.name === name) && (id === undefined || phase.eventId === id),
  );
  const last = meant.at(-1);
  if (last !== undefined && (meant.length === 1 || name !== undefined)) {
    return { ...last, startedAt: startedAt ?? last.startedAt };
  }
  if (last === undefined && name !== undefined && startedAt !== undefined) {
    return { eventId: id ?? randomUUID(), name, startedAt };
  }
  if (last !== undefined) {
    throw new UsageError(
      `Several phases are open: ${meant.map((phase) => phase.name).join(", ")}. Name the one that ends.`,
    );
  }
  throw new UsageError(
    `No ${name ?? "phase"} is open here. \`wsm phase start ${name ?? "implement"}\` opens it; a name and --started-at report it whole.`,
  );
}

/** As GraphQL spells it. */
const sent = (name: PhaseName) => name.toUpperCase() as SentName; // `Uppercase` is what the schema makes of the words
const sentResult = (result: PhaseResult) => result.toUpperCase() as SentResult;
