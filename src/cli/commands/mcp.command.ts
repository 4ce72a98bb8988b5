import type { Command } from "commander";
import type { Cli } from "../cli.js";
import { namedExecution } from "../named-execution.js";

const examples = `
The tools are those of the server's /mcp. Reports wait on disk while the server is away, and the run is found as other
commands find it, so that execution_id may be left out.

Examples:
  claude mcp add wsm -- wsm mcp
  codex mcp add wsm -- wsm mcp
  gemini mcp add wsm wsm mcp`;

/** `wsm mcp`. */
export function defineMcp(program: Command, cli: Cli): void {
  program
    .command("mcp")
    .summary("serve tools to a model, over stdio")
    .description(
      "Serves the tools of the Model Context Protocol on standard input and output, until it ends.",
    )
    .addHelpText("after", examples)
    .action(async () => {
      cli.settings(); // what is wrong with the environment is told before anything is served
      namedExecution(cli.surroundings.env);
      const { serveTools } = await import("../mcp/serve.js");
      await serveTools(cli);
    });
}
