import { type Command, Option } from "commander";
import { type Window, windows } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { wordOf } from "../options.js";

const examples = `
Runs count where they started. Success is COMPLETED among all runs, settled leaves out those in progress, and a first
pass is a completed run without rework.

Examples:
  wsm scoreboard
  wsm scoreboard --window 30d --compare
  wsm scoreboard --window all --json | jq .scoreboard.successRate`;

interface ScoreboardOptions {
  readonly window: Window;
  readonly csv?: boolean;
  readonly compare?: boolean;
}

/** `wsm scoreboard`. */
export function defineScoreboard(program: Command, cli: Cli): void {
  program
    .command("scoreboard")
    .summary("show the figures of a window")
    .description("Shows the figures of a window that ends now, on one screen.")
    .addOption(new Option("--window <window>", windows.join(", ")).argParser(wordOf(windows)).default("7d"))
    .option("--compare", "show how the figures went since the window before, and silent runs")
    .option("--csv", "print the figures as CSV")
    .addHelpText("after", examples)
    .action(async ({ window, ...shown }: ScoreboardOptions) => {
      const { showScoreboard } = await import("../show/scoreboard.js");
      await showScoreboard(cli, window, shown);
    });
}
