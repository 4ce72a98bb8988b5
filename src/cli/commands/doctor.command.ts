import type { Command } from "commander";
import type { Cli } from "../cli.js";

const examples = `
Looks at the environment, the server and its clock, the key, the way of telemetry (by a record that is not stored), what
waits on disk or was refused, and the tools that are installed. Ends with 2 when something has to be put right.

Examples:
  wsm doctor
  wsm doctor --json | jq '.findings[] | select(.verdict != "fine")'`;

/** `wsm doctor`. */
export function defineDoctor(program: Command, cli: Cli): void {
  program
    .command("doctor")
    .summary("find out why nothing arrives")
    .description("Walks the way that reports go and says in words what is wrong with it.")
    .addHelpText("after", examples)
    .action(async () => {
      const { examine } = await import("../doctor/examine.js");
      await examine(cli);
    });
}
