import { Argument, type Command } from "commander";
import { openStatuses } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { executionOption, wordOf } from "../options.js";

type OpenStatus = (typeof openStatuses)[number];

const examples = `
Examples:
  wsm status BLOCKED    # it waits for somebody
  wsm status STARTED    # it goes on`;

/** `wsm status`. */
export function defineStatus(program: Command, cli: Cli): void {
  program
    .command("status")
    .summary("say that the run is blocked, or goes on")
    .description("Says that the run is blocked, or that it goes on.")
    .addArgument(new Argument("<status>", openStatuses.join(", ")).argParser(wordOf(openStatuses)))
    .addOption(executionOption())
    .addHelpText("after", examples)
    .action(async (status: OpenStatus, { execution }: { readonly execution?: string }) => {
      const id = await cli.executionId(execution);
      const { outcome } = await cli.report((client) => client.updateExecution({ id, status }));
      await cli.remember(cli.ledger().setStatus(id, status));
      cli.result({ executionId: id, status, outcome }, outcome);
    });
}
