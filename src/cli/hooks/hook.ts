import { appendFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { isFinal } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { namedExecution } from "../named-execution.js";
import { enterExecution, executionOfTree } from "../work-tree.js";

/** What a tool tells a hook; nothing of it has to be there. */
interface HookInput {
  readonly session_id?: unknown;
  readonly cwd?: unknown;
}

/** A session ends whether hooks have ended or not: plugins give the last one a second, the start of Node included. */
const flushMs = 700;
/** What a request may take while a session waits to begin, however long the user's own commands may. */
const startMs = 2_000;
/** A tool hands over its input at once, or forgot to close the pipe. */
const inputMs = 300;
const maxInputBytes = 1024 * 1024;

/** What a hook of a tool is for, and what it does it for. */
export interface HookOptions {
  readonly executor: string;
}

/**
 * Does at a moment of a session what the session should not have to think of: binds it to its run, reminds of
 * reporting, delivers what waits. Whatever goes wrong is nobody's concern then: it says nothing and fails nothing.
 */
export async function hook(cli: Cli, event: string | undefined, options: HookOptions): Promise<void> {
  try {
    const input = await inputOf(cli);
    if (event === "flush")
      await cli.client().sync({ timeoutMs: flushMs, signal: AbortSignal.timeout(flushMs) });
    if (event === "session-start") await startSession(cli, input, options);
  } catch {
    // a session is never disturbed
  }
}

async function startSession(
  cli: Cli,
  { session_id, cwd }: HookInput,
  { executor }: HookOptions,
): Promise<void> {
  const { env, out } = cli.surroundings;
  const folder = typeof cwd === "string" ? cwd : cli.surroundings.folder;
  const session = typeof session_id === "string" ? session_id : undefined;
  const known = namedExecution(env) ?? (await runHere(cli, folder, executor));
  if (known === undefined) return;
  const [run, status] = await Promise.all([cli.ledger().run(known), cli.ledger().status(known)]);
  if (isFinal(status)) return;
  if (run !== undefined && session !== undefined) {
    const { wsId } = run;
    await cli
      .client()
      .startExecution(
        { id: known, wsId, executor: run.executor, executorSessionId: session },
        { timeoutMs: startMs },
      );
  }
  if (env.CLAUDE_ENV_FILE) await appendFile(env.CLAUDE_ENV_FILE, `export WS_EXECUTION_ID=${known}\n`);
  const additionalContext = reminder(run?.wsId ?? "a Work Statement");
  out.write(
    `${JSON.stringify({ hookSpecificOutput: { hookEventName: "SessionStart", additionalContext } })}\n`,
  );
}

/** The run of the work tree; where the environment names a Work Statement, an open run of that, else a new one. */
async function runHere(cli: Cli, folder: string, executor: string): Promise<string | undefined> {
  const { WSM_WS: wsId, WSM_WP: wpId } = cli.surroundings.env;
  const current = await executionOfTree(folder);
  if (!wsId) return current;
  if (current !== undefined) {
    const [run, status] = await Promise.all([cli.ledger().run(current), cli.ledger().status(current)]);
    if (run?.wsId === wsId && !isFinal(status)) return current;
  }
  const { executionId } = await cli
    .client()
    .startExecution({ wsId, wpId: wpId || undefined, executor }, { timeoutMs: startMs });
  await cli.ledger().remember(executionId, { wsId, executor });
  await enterExecution(folder, executionId);
  return executionId;
}

const reminder = (wsId: string) =>
  `This session carries out ${wsId}, and its run is recorded. Report its phases as they happen, with \`wsm phase start <name>\` and \`wsm phase end --result <pass|fail|skipped>\` (failing_tests, implement, verify, do_no_harm_audit), bugs with \`wsm bug-fix\`, and its end with \`wsm complete\`. Tokens and cost are counted without you. If reporting fails, go on with the work.`;

/** The JSON on standard input; nothing where there is none, too much of it, or one that does not end. */
async function inputOf(cli: Cli): Promise<HookInput> {
  const { hasTerminal, in: input } = cli.surroundings;
  if (hasTerminal) return {};
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of addAbortSignal(AbortSignal.timeout(inputMs), input)) {
      bytes += chunk.length;
      if (bytes > maxInputBytes) return {};
      chunks.push(Buffer.from(chunk));
    }
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {}; // it was to be told only of the session
  }
}
