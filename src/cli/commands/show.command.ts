import type { Command } from "commander";
import type { Cli } from "../cli.js";
import { uuid } from "../options.js";

const examples = `
Examples:
  wsm show
  wsm show 7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a11
  wsm show --json | jq .execution.cost.totalUsd`;

/** `wsm show`. */
export function defineShow(program: Command, cli: Cli): void {
  program
    .command("show")
    .summary("show one run")
    .description("Shows what is recorded of one run, and what it cost, phase by phase.")
    .argument("[id]", "the run (WS_EXECUTION_ID, else that of the work tree)", uuid)
    .option("--csv", "print its phases as CSV")
    .addHelpText("after", examples)
    .action(async (id: string | undefined, { csv }: { readonly csv?: boolean }) => {
      const { showRun } = await import("../show/run.js");
      await showRun(cli, await cli.executionId(id), csv === true);
    });
}
