import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import type { Cli } from "../cli.js";
import { executionOption, identifier, paths, prose, uuid } from "../options.js";
import { UsageError } from "../usage-error.js";

interface BugFixOptions {
  readonly execution?: string;
  readonly id?: string;
  readonly scope?: string;
  readonly description: string;
  readonly rootCause: string;
  readonly testName: string;
  readonly fixSummary: string;
  readonly file?: readonly string[];
  readonly autonomous?: boolean;
  readonly withHuman?: boolean;
}

const examples = `
Prints the id of the bug fix.

Examples:
  wsm bug-fix --autonomous --description 'Totals lose a cent' --root-cause 'floating point' \\
    --test-name 'totals add up' --fix-summary 'sum as decimal' --file src/totals.ts`;

/** `wsm bug-fix`. */
export function defineBugFix(program: Command, cli: Cli): void {
  program
    .command("bug-fix")
    .summary("record a bug that was found and fixed")
    .description("Records a bug that was found and fixed during the run.")
    .requiredOption("--description <text>", "what was wrong", prose)
    .requiredOption("--root-cause <text>", "why", prose)
    .requiredOption("--test-name <name>", "the test that shows it", identifier)
    .requiredOption("--fix-summary <text>", "what was changed", prose)
    .option("--file <path>", "a file that was changed (again for each)", paths)
    .option("--autonomous", "fixed without a human")
    .option("--with-human", "fixed with the help of a human")
    .addOption(executionOption())
    .option("--id <uuid>", "its id (a new one)", uuid)
    .option("--scope <id>", "the scope it belongs to", identifier)
    .addHelpText("after", examples)
    .action((options: BugFixOptions) => record(cli, options));
}

async function record(cli: Cli, { id = randomUUID(), ...options }: BugFixOptions): Promise<void> {
  const { description, rootCause, testName, fixSummary, file = [] } = options;
  if ((options.autonomous === true) === (options.withHuman === true)) {
    throw new UsageError("Who fixed it? Give one of --autonomous and --with-human.");
  }
  const executionId = await cli.executionId(options.execution);
  const { outcome } = await cli.report((client) =>
    client.recordBugFix({
      id,
      executionId,
      scopeId: options.scope,
      description,
      rootCause,
      testName,
      fixSummary,
      filesModified: [...file],
      autonomous: options.autonomous === true,
    }),
  );
  cli.result({ executionId, id, outcome }, id);
}
