import type { Command } from "commander";
import type { Cli } from "../cli.js";
import { hook } from "../hooks/hook.js";

/** `wsm hook`, which plugins of tools call. Words that it does not know are those of another version, and no failure. */
export function defineHook(program: Command, cli: Cli): void {
  program
    .command("hook", { hidden: true })
    .description("Does what a session of a tool should not have to think of. Always ends with 0.")
    .argument("[event]", "the moment of the session: session-start or flush")
    .allowUnknownOption()
    .allowExcessArguments()
    .option("--executor <name>", "whose session it is", "claude_code")
    .action(async (event: string | undefined, { executor }: { readonly executor: string }) => {
      await hook(cli, event, { executor });
      cli.endAs(0);
    });
}
