import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { isFinal } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { executorAround, sessionAround } from "../executor.js";
import { namedExecution } from "../named-execution.js";
import { executorName, happenedAt, identifier, uuid } from "../options.js";
import { UsageError } from "../usage-error.js";
import { enterExecution, executionOfTree } from "../work-tree.js";

interface StartOptions {
  readonly ws: string;
  readonly wp?: string;
  readonly scope?: string;
  readonly executor?: string;
  readonly id?: string;
  readonly session?: string;
  readonly startedAt?: string;
  readonly model?: string;
  readonly new?: boolean;
}

const examples = `
Prints the id of the run, which later commands find by themselves in the same work tree. A Work Statement whose run
is open in this work tree is gone on with; --new starts it once more.

Examples:
  wsm start --ws WS-112 --executor human
  wsm start --ws WS-112 --wp WP-17 --json
  export WS_EXECUTION_ID=$(wsm start --ws WS-112 --new)`;

/** `wsm start`. */
export function defineStart(program: Command, cli: Cli): void {
  program
    .command("start")
    .summary("start a run of a Work Statement")
    .description("Starts a run of a Work Statement.")
    .requiredOption("--ws <id>", "the Work Statement", identifier)
    .option("--wp <id>", "the Work Package it belongs to", identifier)
    .option("--scope <id>", "the scope it belongs to", identifier)
    .option(
      "--executor <name>",
      "who carries it out: claude_code, human, subagent… (found out within known executors)",
      executorName,
    )
    .option("--id <uuid>", "the id of the run (a new one, or WS_EXECUTION_ID)", uuid)
    .option("--session <id>", "the executor's session, by which its telemetry is attributed", identifier)
    .option("--started-at <time>", "when it started, RFC 3339 (now)", happenedAt)
    .option("--model <model>", "the model, for its price where no cost is known", identifier)
    .option("--new", "another run, even if one of this Work Statement is open here")
    .addHelpText("after", examples)
    .action((options: StartOptions) => start(cli, options));
}

async function start(cli: Cli, options: StartOptions): Promise<void> {
  const { env, folder } = cli.surroundings;
  const executor = options.executor ?? executorAround(env);
  if (executor === undefined)
    throw new UsageError("Who carries it out? Say so with --executor, such as --executor human.");
  const known = await knownRun(cli, options);
  const id = known ?? randomUUID();
  const isRepeat = (await cli.ledger().run(id)) !== undefined;
  const receipt = await cli.report((client) =>
    client.startExecution({
      id,
      wsId: options.ws,
      wpId: options.wp,
      scopeId: options.scope,
      executor,
      executorSessionId: options.session ?? sessionAround(env),
      startedAt: options.startedAt ?? (isRepeat ? undefined : cli.surroundings.now().toISOString()),
      llmModel: options.model,
    }),
  );
  await cli.remember(cli.ledger().remember(id, { wsId: options.ws, executor }));
  await cli.remember(enterExecution(folder, id));
  if (isRepeat && options.id === undefined)
    cli.say(`${options.ws} has an open run here, which goes on; --new starts another.`);
  cli.result({ executionId: id, wsId: options.ws, executor, outcome: receipt.outcome }, id);
}

/** The run that is meant, if it is one that may have been started before. */
export async function knownRun(
  cli: Cli,
  { id, ws, new: isNew }: Pick<StartOptions, "id" | "ws" | "new">,
): Promise<string | undefined> {
  const { env, folder } = cli.surroundings;
  const named = id ?? (isNew ? undefined : namedExecution(env));
  if (named !== undefined) return named;
  const current = isNew ? undefined : await executionOfTree(folder);
  if (current === undefined) return undefined;
  const [run, status] = await Promise.all([cli.ledger().run(current), cli.ledger().status(current)]);
  return run?.wsId === ws && !isFinal(status) ? current : undefined;
}
