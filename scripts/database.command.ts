import { type Config, parseConfig } from "../src/config.js";
import { ConfigError } from "../src/errors.js";
import type { Store } from "../src/store/database.js";
import { openStore } from "../src/store/engine/open.js";

/** What a command line asks for. */
export interface Invocation {
  readonly help: boolean | undefined;
  /** Tells what it does through `say`, one sentence at a time. */
  readonly run: (store: Store, say: (sentence: string) => void, config: Config) => Promise<void>;
}

/** The command line is wrong; the message says what would be right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

function isUsageError(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return error instanceof ConfigError || error instanceof UsageError || code.startsWith("ERR_PARSE_ARGS");
}

function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}

function explain(error: Error): string {
  const { message, name } = rootOf(error);
  const reason = message === "" ? name : message;
  return error.message.includes(reason) ? error.message : `${error.message}\n${reason}`;
}

async function runOnStore({ run }: Invocation): Promise<void> {
  const config = parseConfig(process.env);
  const store = await openStore(config);
  try {
    await run(store, console.log, config);
  } finally {
    await store.close();
  }
}

/**
 * Runs what `parse` made of the command line on the database that the environment names. The exit code is 0
 * when that worked, 1 when it did not, and 2 when the command line or the environment is wrong; why is said on
 * standard error.
 */
export async function runCommand(help: string, parse: () => Invocation): Promise<void> {
  try {
    const invocation = parse();
    if (invocation.help) console.log(help);
    else await runOnStore(invocation);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isUsage = isUsageError(error);
    console.error(isUsage ? `${error.message}\n\n--help explains this command.` : explain(error));
    process.exitCode = isUsage ? 2 : 1;
  }
}
