import { Command } from "commander";
import type { Cli } from "./cli.js";

/** Adds a command, with its options, help and action. */
export type Define = (program: Command, cli: Cli) => void;

const definitions: readonly Define[] = [];

/** `wsm` with all its commands. */
export function programOf(cli: Cli): Command {
  const program = new Command("wsm").description(
    "Reports what a unit of AI work does and costs, and shows what was reported.",
  );
  for (const define of definitions) define(program, cli);
  return program;
}
