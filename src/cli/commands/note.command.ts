import type { Command } from "commander";
import type { Cli } from "../cli.js";
import { executionOption, type MetricsOptions, metricsOf, withFiles, withTests } from "../options.js";
import { UsageError } from "../usage-error.js";

type NoteOptions = MetricsOptions & { readonly execution?: string };

const testExamples = `
Numbers are totals, not additions; what is not named stays as it is.

Examples:
  wsm note-tests --tests-written 6 --tests-passing 14 --tests-failing 0`;

const fileExamples = `
A list that is named replaces the one before; a list that is not named stays.

Examples:
  wsm note-files --created src/parser.ts --modified src/main.ts --modified README.md`;

/** `wsm note-tests` and `wsm note-files`. */
export function defineNotes(program: Command, cli: Cli): void {
  const note = (command: Command, help: string) =>
    command
      .addOption(executionOption())
      .addHelpText("after", help)
      .action((options: NoteOptions) => update(cli, options));
  note(
    withTests(
      program
        .command("note-tests")
        .summary("say how tests stand")
        .description("Says how the run's tests stand."),
    ),
    testExamples,
  );
  note(
    withFiles(
      program
        .command("note-files")
        .summary("say which files changed")
        .description("Says which files the run changed."),
    ),
    fileExamples,
  );
}

async function update(cli: Cli, { execution, ...options }: NoteOptions): Promise<void> {
  const id = await cli.executionId(execution);
  const metrics = metricsOf(options);
  if (metrics.testMetrics === undefined && metrics.fileMetrics === undefined) {
    throw new UsageError("There is nothing to note; --help shows what can be.");
  }
  const { outcome } = await cli.report((client) => client.updateExecution({ id, ...metrics }));
  cli.result({ executionId: id, outcome }, outcome);
}
