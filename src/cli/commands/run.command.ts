import { type Command, Option } from "commander";
import type { Cli } from "../cli.js";
import { executorName, identifier, uuid } from "../options.js";
import type { RunOptions } from "../run/run.js";

const examples = `
The tool gets its terminal, arguments, signals and exit status as if it had been called by itself. While it runs, its
telemetry comes through wsm, which knows the key and keeps what the server cannot take; then the run is completed
(exit status 0: COMPLETED, another: FAILED, a signal: HARD_STOP), unless that was said from within, and its cost by
phase is shown on standard error. Within it, wsm finds the run by itself.

Claude Code, Codex CLI and Gemini CLI are known by their names. Any other command gets the variables of OpenTelemetry
and WS_EXECUTION_ID.

Examples:
  wsm run --ws WS-112 -- claude -p 'Carry out WS-112'
  wsm run --ws WS-112 --wp WP-17 -- codex exec 'Carry out WS-112'
  wsm run --ws WS-112 -- gemini -p 'Carry out WS-112'
  wsm run --ws WS-112 --tool claude-code -- npx @anthropic-ai/claude-code`;

/** `wsm run`. */
export function defineRun(program: Command, cli: Cli): void {
  program
    .command("run")
    .summary("run a tool as one run of a Work Statement")
    .description("Runs a tool as one run of a Work Statement: correlated, timed and costed.")
    .argument("<command...>", "the tool and its arguments, after --")
    .requiredOption("--ws <id>", "the Work Statement", identifier)
    .option("--wp <id>", "the Work Package it belongs to", identifier)
    .option("--scope <id>", "the scope it belongs to", identifier)
    .option("--id <uuid>", "the id of the run (a new one)", uuid)
    .option("--executor <name>", "who carries it out (the tool)", executorName)
    .addOption(
      new Option("--tool <name>", "what the command is (known by its name)").choices([
        "claude-code",
        "codex",
        "gemini",
        "none",
      ]),
    )
    .option("--quiet", "do not show the cost at the end")
    .passThroughOptions()
    .addHelpText("after", examples)
    .action(async (words: readonly string[], options: RunOptions) => {
      const { run } = await import("../run/run.js");
      await run(cli, words, options);
    });
}
