import { Command } from "commander";
import { version } from "../version.js";
import type { Cli } from "./cli.js";
import { defineBugFix } from "./commands/bug-fix.command.js";
import { defineComplete } from "./commands/complete.command.js";
import { defineDoctor } from "./commands/doctor.command.js";
import { defineHook } from "./commands/hook.command.js";
import { defineMcp } from "./commands/mcp.command.js";
import { defineNotes } from "./commands/note.command.js";
import { definePhase } from "./commands/phase.command.js";
import { defineReport } from "./commands/report.command.js";
import { defineRun } from "./commands/run.command.js";
import { defineScoreboard } from "./commands/scoreboard.command.js";
import { defineSetup } from "./commands/setup.command.js";
import { defineShow } from "./commands/show.command.js";
import { defineStart } from "./commands/start.command.js";
import { defineStatus } from "./commands/status.command.js";
import { defineSync } from "./commands/sync.command.js";

/** Adds a command with its options, help and action. */
type Define = (program: Command, cli: Cli) => void;

const definitions: readonly Define[] = [
  defineRun,
  defineStart,
  definePhase,
  defineNotes,
  defineBugFix,
  defineStatus,
  defineComplete,
  defineShow,
  defineReport,
  defineScoreboard,
  defineSync,
  defineSetup,
  defineDoctor,
  defineHook,
  defineMcp,
];

const description = `Reports what a unit of AI work does and costs, and shows what was reported.

A run is found from WS_EXECUTION_ID, or from the work tree it was started in. A server that is away is in nobody's way: \
what is reported then waits on disk for the next command, or for \`wsm sync\`.`;

const environment = `
Environment:
  WSM_URL              where the server is (http://127.0.0.1:4000)
  WSM_API_KEY          the key; or WSM_API_KEY_FILE, a file with it
  WS_EXECUTION_ID      the run that commands are about
  WSM_TIMEOUT_MS       how long a command waits for the server (2000)
  WSM_OFFLINE=1        send nothing; keep everything for \`wsm sync\`
  WSM_STATE_DIR        where events wait and runs are remembered ($XDG_STATE_HOME/wsm)
  WSM_SPOOL_MAX_BYTES  how many bytes of events may wait (67108864)
  WSM_ALLOW_FAILURE=1  end with 0 whatever fails
  NO_COLOR=1           no colours

Exit status:
  0  done, or kept for later     2  usage, configuration, key or value is wrong; the fix is named
  1  a bug of wsm                3  the server is away: nothing to show, or with --strict not delivered

Results go to standard output, words to standard error.

Examples:
  wsm start --ws WS-112 --wp WP-17 --executor claude_code
  wsm phase start implement
  wsm phase end --result pass --files-modified 4
  wsm complete
  wsm run --ws WS-112 -- claude -p 'Carry out WS-112'`;

/** `wsm` with all its commands. */
export function programOf(cli: Cli): Command {
  const program = new Command("wsm")
    .description(description)
    .version(version, "-V, --version", "print the version")
    .addHelpText("after", environment)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => cli.surroundings.out.write(text),
      writeErr: (text) => cli.surroundings.err.write(text),
      getOutHelpWidth: () => cli.surroundings.out.columns ?? 100,
      getErrHelpWidth: () => cli.surroundings.err.columns ?? 100,
    });
  for (const define of definitions) define(program, cli);
  for (const command of leavesOf(program)) {
    command
      .option("--json", "print the result as JSON")
      .option("--strict", "end with status 3 when something could not be delivered")
      .showHelpAfterError(`(\`wsm ${command.name()} --help\` shows examples)`)
      .hook("preAction", () => cli.use(command.opts()));
  }
  return program;
}

/** The commands that do something themselves. */
function leavesOf(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => (child.commands.length > 0 ? leavesOf(child) : [child]));
}
