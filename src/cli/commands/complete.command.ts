import { type Command, Option } from "commander";
import { type FinalStatus, finalStatuses } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import {
  executionOption,
  happenedAt,
  type MetricsOptions,
  metricsOf,
  withMetrics,
  wordOf,
} from "../options.js";
import { leaveExecution } from "../work-tree.js";

type CompleteOptions = MetricsOptions & {
  readonly execution?: string;
  readonly status: FinalStatus;
  readonly completedAt?: string;
};

const examples = `
Examples:
  wsm complete
  wsm complete --status FAILED
  wsm complete --tests-written 6 --tests-passing 14 --created src/parser.ts --rework-cycles 1`;

/** `wsm complete`. */
export function defineComplete(program: Command, cli: Cli): void {
  withMetrics(
    program.command("complete").summary("end the run").description("Ends the run, with what it came to."),
  )
    .addOption(executionOption())
    .addOption(
      new Option("--status <status>", finalStatuses.join(", "))
        .argParser(wordOf(finalStatuses))
        .default("COMPLETED"),
    )
    .option("--completed-at <time>", "when it ended, RFC 3339 (now)", happenedAt)
    .addHelpText("after", examples)
    .action((options: CompleteOptions) => complete(cli, options));
}

async function complete(
  cli: Cli,
  { execution, status, completedAt, ...options }: CompleteOptions,
): Promise<void> {
  const id = await cli.executionId(execution);
  const open = await cli.ledger().openPhases(id);
  if (open.length > 0)
    cli.say(`still open: ${open.map(({ name }) => name).join(", ")}; \`wsm phase end\` ends a phase.`);
  const { outcome } = await cli.report((client) =>
    client.completeExecution({ id, status, completedAt, ...metricsOf(options) }),
  );
  await cli.remember(cli.ledger().setStatus(id, status));
  await cli.remember(leaveExecution(cli.surroundings.folder, id));
  cli.result({ executionId: id, status, outcome }, outcome);
}
