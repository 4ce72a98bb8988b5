import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { executionDocument } from "../../client/documents.js";
import { type FinalStatus, isFinal, type Status } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { explain } from "../explain.js";
import { json } from "../json.js";
import { runSummary, type ShownRun } from "../screen/run-summary.js";
import { screenOn } from "../screen/screen.js";
import { UsageError } from "../usage-error.js";
import { type ChildEnd, findCommand, isRunnable, notFound, notRunnable, runChild } from "./child.js";
import { openRelay, type Relay } from "./relay.js";
import { type Tool, toolOf } from "./tool.js";
import { claudeCode } from "./tools/claude-code.tool.js";
import { codex } from "./tools/codex.tool.js";
import { gemini } from "./tools/gemini.tool.js";
import { other } from "./tools/other.tool.js";

/** What `wsm run` is told about the run. */
export interface RunOptions {
  readonly ws: string;
  readonly wp?: string;
  readonly scope?: string;
  readonly id?: string;
  readonly executor?: string;
  readonly tool?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Tools that are known; each was seen to report this way. */
const tools: readonly Tool[] = [claudeCode, codex, gemini, other];

/** How long the end of a run waits for what is still on its way. */
const settleMs = 5_000;

/**
 * Runs a tool as one run of a Work Statement: starts it, has the tool's telemetry come through here, ends it with what
 * the tool came to, and tells what it cost. The exit status is the tool's own.
 */
export async function run(cli: Cli, words: readonly string[], options: RunOptions): Promise<void> {
  const [command = "", ...args] = words;
  const { env, folder, home } = cli.surroundings;
  const path = findCommand(command, env.PATH, folder);
  if (path === undefined) return unable(cli, `${command} is not found; nothing was started.`, notFound);
  if (!isRunnable(path)) return unable(cli, `${path} cannot be run; nothing was started.`, notRunnable);
  const tool = tools.find(({ name }) => name === options.tool) ?? toolOf(tools, command) ?? other;
  const executionId = options.id ?? randomUUID();
  await start(cli, executionId, options, options.executor ?? (tool.executor || basename(command)));

  const relay = await openRelay(cli.client());
  const files = await mkdtemp(join(tmpdir(), "wsm-run-"));
  try {
    const frame = { executionId, endpoint: relay.endpoint, folder: files, home };
    const call = await tool.equip({ args, env }, frame);
    for (const warning of await tool.overrides({ args, env }, frame)) cli.say(warning);
    const { signals, hasTerminal } = cli.surroundings;
    const end = await runChild(path, call, signals, hasTerminal);
    cli.endAs("signal" in end ? end.signal : end.code);
    await finish(cli, executionId, end, relay, options);
  } finally {
    relay.close();
    await rm(files, { recursive: true, force: true });
  }
}

function unable(cli: Cli, sentence: string, status: number): void {
  cli.say(sentence);
  cli.endAs(status);
}

/** @throws what is wrong with the configuration, the key or a value, unless `WSM_ALLOW_FAILURE` is on */
async function start(cli: Cli, id: string, { ws, wp, scope }: RunOptions, executor: string): Promise<void> {
  const startedAt = cli.surroundings.now().toISOString();
  const input = { id, wsId: ws, wpId: wp, scopeId: scope, executor, startedAt };
  try {
    await cli.report((client) => client.startExecution(input));
    await cli.remember(cli.ledger().remember(id, { wsId: ws, executor }));
  } catch (error) {
    if (error instanceof UsageError || !cli.settings().allowsFailure) throw error;
    for (const line of explain(error).lines) cli.say(line);
  }
}

/** Nothing that goes wrong here is the tool's fault: it is said, and the tool's own end stands. */
async function finish(cli: Cli, id: string, end: ChildEnd, relay: Relay, options: RunOptions): Promise<void> {
  try {
    await Promise.race([relay.settled(), cli.surroundings.pause(settleMs)]);
    for (const refusal of new Set(relay.refusals)) cli.say(refusal);
    await complete(cli, id, statusOf(end));
    const delivery = await cli.client().sync({ timeoutMs: settleMs });
    if (delivery.waiting > 0 || delivery.refused > 0) cli.told(delivery);
    if (options.quiet !== true) await tell(cli, id, end, options);
  } catch (error) {
    for (const line of explain(error).lines) cli.say(line);
  }
}

function statusOf(end: ChildEnd): FinalStatus {
  if ("signal" in end) return "HARD_STOP";
  return end.code === 0 ? "COMPLETED" : "FAILED";
}

/** What somebody said of the run while it went on stands: that it ended, or that it is blocked. */
async function complete(cli: Cli, id: string, status: FinalStatus): Promise<void> {
  const known = (await shown(cli, id))?.status ?? (await cli.ledger().status(id));
  if (isFinal(known) || known === "BLOCKED") return;
  await cli.client().completeExecution({ id, status }); // that it has to wait is told with all else that waits
  await cli.remember(cli.ledger().setStatus(id, status));
}

/** What the run cost, on standard error: standard output is the tool's. */
async function tell(cli: Cli, id: string, end: ChildEnd, options: RunOptions): Promise<void> {
  const found = await shown(cli, id);
  const { err } = cli.surroundings;
  if (options.json === true) {
    const status: Status | null = found?.status ?? (await cli.ledger().status(id)) ?? null;
    err.write(
      `${json({ executionId: id, status, end, cost: found?.cost ?? null, phases: found?.phases ?? [] })}\n`,
    );
  } else if (found !== undefined) {
    err.write(`${runSummary(found, screenOn(err, cli.settings()))}\n`);
  }
}

/** The run as the server has it; undefined when it cannot be asked. */
async function shown(cli: Cli, id: string): Promise<ShownRun | undefined> {
  try {
    const { execution } = await cli.client().request(executionDocument, { id });
    return execution ?? undefined;
  } catch {
    return undefined; // what could not be delivered has been told
  }
}
