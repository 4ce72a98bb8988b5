import type { Command } from "commander";
import type { Cli } from "../cli.js";

const examples = `
For tools that start it themselves; it ends with its standard input. It finds the run as all commands do, keeps what
cannot be delivered, and needs the key in its environment only.

Examples:
  claude mcp add wsm -- wsm mcp
  codex mcp add wsm -- wsm mcp
  gemini mcp add wsm wsm mcp`;

/** `wsm mcp`. */
export function defineMcp(program: Command, cli: Cli): void {
  program
    .command("mcp")
    .summary("speak the Model Context Protocol on standard input and output")
    .description(
      "Speaks the Model Context Protocol (MCP) on standard input and output: tools by which a model reports.",
    )
    .addHelpText("after", examples)
    .action(async () => {
      const { serveMcp } = await import("../mcp/stdio.js");
      await serveMcp(cli);
    });
}
