import { Argument, type Command } from "commander";
import type { Cli } from "../cli.js";
import { type HookEvent, hook, hookEvents } from "../hooks/hook.js";

/** `wsm hook`, which plugins of tools call. */
export function defineHook(program: Command, cli: Cli): void {
  program
    .command("hook", { hidden: true })
    .description("Does what a session of a tool should not have to think of. Always ends with 0.")
    .addArgument(new Argument("<event>", "the moment of the session").choices(hookEvents))
    .option("--executor <name>", "whose session it is", "claude_code")
    .action(async (event: HookEvent, { executor }: { readonly executor: string }) => {
      await hook(cli, event, { executor });
      cli.endAs(0);
    });
}
