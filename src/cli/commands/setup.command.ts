import { Argument, type Command } from "commander";
import type { Cli } from "../cli.js";
import type { SetupOptions } from "../setup/set-up.js";

const examples = `
The change is shown before it is made. Everything else in the file stays as it is, a key never stands in it, and --undo
puts back what was there. Content of prompts is never switched on.

Examples:
  wsm setup claude-code
  wsm setup codex --dry-run
  wsm setup gemini --yes
  wsm setup claude-code --undo`;

/** `wsm setup`, and the helper that it sets up. */
export function defineSetup(program: Command, cli: Cli): void {
  program
    .command("setup")
    .summary("have a tool report by itself, whoever starts it")
    .description("Changes a tool's own settings so that it reports what it spends, whoever starts it.")
    .addArgument(new Argument("<tool>", "the tool").choices(["claude-code", "codex", "gemini"]))
    .option("--dry-run", "only show the change")
    .option("--yes", "make it without asking")
    .option("--undo", "put back what was there before")
    .addHelpText("after", examples)
    .action(async (name: string, options: SetupOptions) => {
      const { setups, setUp } = await import("../setup/set-up.js");
      for (const setup of setups.filter((one) => one.name === name)) await setUp(cli, setup, options);
    });
  program
    .command("otel-headers", { hidden: true })
    .description(
      "Prints the headers that telemetry is sent with, as JSON: the helper that Claude Code is set up with.",
    )
    .option("--url <url>", "the server that they are for")
    .action(async ({ url }: { readonly url?: string }) => {
      const { keptKey } = await import("../setup/key-file.js");
      const settings = cli.settings();
      const server = url ?? settings.url;
      const given = server === settings.url ? settings.apiKey : undefined; // a key is for one server only
      const key = (await keptKey(settings.stateFolder, server)) ?? given;
      const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
      cli.result(headers, JSON.stringify(headers));
    });
}
