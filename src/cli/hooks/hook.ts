import { appendFile } from "node:fs/promises";
import { isFinal } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { namedExecution } from "../named-execution.js";
import { enterExecution, executionOfTree } from "../work-tree.js";

/** What a tool tells a hook; nothing of it has to be there. */
interface HookInput {
  readonly session_id?: unknown;
  readonly cwd?: unknown;
}

/** Moments of a session that hooks are called at. */
export const hookEvents = ["session-start", "flush"] as const;
export type HookEvent = (typeof hookEvents)[number];

/** A session ends whether hooks have ended or not; Claude Code gives all of them together 1.5 seconds. */
const flushMs = 1_000;
const maxInputBytes = 1024 * 1024;

/** What a hook of a tool is for, and what it does it for. */
export interface HookOptions {
  readonly executor: string;
}

/**
 * Does at a moment of a session what the session should not have to think of: binds it to its run, reminds of
 * reporting, delivers what waits. Whatever goes wrong is nobody's concern then: it says nothing and fails nothing.
 */
export async function hook(cli: Cli, event: HookEvent, options: HookOptions): Promise<void> {
  try {
    const input = await inputOf(cli);
    if (event === "flush") await cli.client().sync({ timeoutMs: flushMs });
    else await startSession(cli, input, options);
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
  const known =
    namedExecution(env) ?? (await executionOfTree(folder)) ?? (await newRun(cli, folder, executor));
  if (known === undefined) return;
  const [run, status] = await Promise.all([cli.ledger().run(known), cli.ledger().status(known)]);
  if (isFinal(status)) return;
  if (run !== undefined && session !== undefined) {
    const { wsId } = run;
    await cli
      .client()
      .startExecution({ id: known, wsId, executor: run.executor, executorSessionId: session });
  }
  if (env.CLAUDE_ENV_FILE) await appendFile(env.CLAUDE_ENV_FILE, `export WS_EXECUTION_ID=${known}\n`);
  const additionalContext = reminder(run?.wsId ?? "a Work Statement");
  out.write(
    `${JSON.stringify({ hookSpecificOutput: { hookEventName: "SessionStart", additionalContext } })}\n`,
  );
}

/** A run of the Work Statement that the environment names, if it names one. */
async function newRun(cli: Cli, folder: string, executor: string): Promise<string | undefined> {
  const { WSM_WS: wsId, WSM_WP: wpId } = cli.surroundings.env;
  if (!wsId) return undefined;
  const { executionId } = await cli.client().startExecution({ wsId, wpId: wpId || undefined, executor });
  await cli.ledger().remember(executionId, { wsId, executor });
  await enterExecution(folder, executionId);
  return executionId;
}

const reminder = (wsId: string) =>
  `This session carries out ${wsId}, and its run is recorded. Report its phases as they happen, with \`wsm phase start <name>\` and \`wsm phase end --result <pass|fail|skipped>\` (failing_tests, implement, verify, do_no_harm_audit), bugs with \`wsm bug-fix\`, and its end with \`wsm complete\`. Tokens and cost are counted without you. If reporting fails, go on with the work.`;

/** The JSON on standard input; nothing where there is none, or too much of it. */
async function inputOf(cli: Cli): Promise<HookInput> {
  const { hasTerminal, in: input } = cli.surroundings;
  if (hasTerminal) return {};
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxInputBytes) return {};
    chunks.push(Buffer.from(chunk));
  }
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}");
  return typeof value === "object" && value !== null ? value : {};
}
