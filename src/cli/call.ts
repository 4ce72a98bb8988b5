import { openCli } from "./cli.js";
import { explain } from "./explain.js";
import { programOf } from "./program.js";
import { allowsFailure } from "./settings.js";
import type { Surroundings } from "./surroundings.js";

/**
 * Carries out one command and says on standard error what failed.
 * @param words what stands after `wsm`
 * @returns the exit status, or the signal that ended the tool that was run
 */
export async function callWsm(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<number | NodeJS.Signals> {
  const cli = openCli(surroundings);
  const status = await statusOf();
  return cli.toolEnd() ?? (allowsFailure(surroundings.env) ? 0 : status);

  async function statusOf(): Promise<number> {
    try {
      await programOf(cli).parseAsync(words, { from: "user" });
      return cli.exitStatus();
    } catch (error) {
      const { exitStatus, lines } = explain(error);
      for (const line of lines) cli.say(line);
      return exitStatus;
    } finally {
      cli.close();
    }
  }
}
