import { join } from "node:path";
import { createClient, type Delivery, type MetricsClient, type Receipt } from "../client/client.js";
import { harmlessLines } from "./harmless.js";
import { json } from "./json.js";
import { type Ledger, ledgerIn } from "./ledger.js";
import { namedExecution } from "./named-execution.js";
import { readSettings, type Settings } from "./settings.js";
import type { Surroundings } from "./surroundings.js";
import { UsageError } from "./usage-error.js";
import { executionOfTree } from "./work-tree.js";

/** Options that every command has. */
interface GlobalOptions {
  readonly json?: boolean;
  /** What is not delivered is a failure. */
  readonly strict?: boolean;
}

/** What every command works with. */
export interface Cli {
  readonly surroundings: Surroundings;
  /** @throws UsageError where the environment is wrong */
  readonly settings: () => Settings;
  readonly ledger: () => Ledger;
  /** The client of the server that the environment names. */
  readonly client: () => MetricsClient;
  /** Words for who looks on: a line on standard error. */
  say(sentence: string): void;
  /** The result of the command on standard output: `text`, or with `--json` the value. */
  result(value: unknown, text: string): void;
  /** Sends a report and says so where it has to wait. */
  report(send: (client: MetricsClient) => Promise<Receipt>): Promise<Receipt>;
  /** Notes something for later commands; where that cannot be written, it says so and goes on. */
  remember(noting: Promise<void>): Promise<void>;
  /** Says what could not be delivered, and keeps it in mind for the exit status. */
  told(delivery: Delivery): void;
  /** Ends what is open towards the server. */
  close(): void;
  /**
   * The run that a command is about: the one it names, that of `WS_EXECUTION_ID`, or that of the work tree.
   * @throws UsageError when there is none
   */
  executionId(named?: string): Promise<string>;
  /** Makes this the exit status of a command that did what it was asked and found something wrong. */
  fail(exitStatus: number): void;
  /** What the process ends with if nothing fails: 0, or 3 when something waits and `--strict` is on. */
  exitStatus(): number;
  /** Makes the end of a tool that was run that of the command, whatever else happens: its status, or its signal. */
  endAs(toolEnd: number | NodeJS.Signals): void;
  toolEnd(): number | NodeJS.Signals | undefined;
  /** Takes the options of the command that is called. */
  use(options: GlobalOptions): void;
}

/** Exit status of what is not delivered, under `--strict`. */
const notDelivered = 3;
/** Exit status when values that waited turn out to be wrong. */
const refusedByServer = 2;

/** The command line within what surrounds it. */
export function openCli(surroundings: Surroundings): Cli {
  let options: GlobalOptions = {};
  let status = 0;
  let ofTool: number | NodeJS.Signals | undefined;
  const settings = once(() => readSettings(surroundings));
  const ledger = once(() => ledgerIn(settings().stateFolder));
  const client = once(() => clientOf(settings(), surroundings.now));
  const say = (sentence: string) => surroundings.err.write(`wsm: ${harmlessLines(sentence)}\n`);

  return {
    surroundings,
    settings,
    ledger,
    client,
    say,
    result: (value, text) => {
      if (options.json === true) surroundings.out.write(`${json(value)}\n`);
      else if (text !== "") surroundings.out.write(text.endsWith("\n") ? text : `${text}\n`);
    },
    report: async (send) => {
      const receipt = await send(client());
      if (receipt.outcome === "SPOOLED") {
        say(
          `${receipt.failure?.message ?? "the server is away"}; kept on disk, \`wsm sync\` or the next command delivers it.`,
        );
        if (options.strict === true) status = notDelivered;
      }
      return receipt;
    },
    remember: async (noting) => {
      try {
        await noting;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        say(
          `later commands will not know of this (${reason}): set WSM_STATE_DIR, or name the run with --execution.`,
        );
      }
    },
    told: ({ waiting, refused, failure }) => {
      if (failure !== undefined && waiting > 0) say(`${failure.message}; ${waiting} wait on disk.`);
      if (waiting > 0 && options.strict === true) status = notDelivered;
      if (refused > 0) {
        say(`${refused} refused by the server; \`wsm doctor\` shows which and why.`);
        status = refusedByServer;
      }
    },
    close: () => client.made()?.close(),
    executionId: async (named) => {
      const { env, folder } = surroundings;
      settings(); // what is wrong with the environment is told first
      const id = named ?? namedExecution(env) ?? (await executionOfTree(folder));
      if (id !== undefined) return id;
      throw new UsageError(
        "No run is known here. `wsm start --ws WS-1` starts one; --execution or WS_EXECUTION_ID names one.",
      );
    },
    fail: (exitStatus) => {
      status = exitStatus;
    },
    exitStatus: () => status,
    endAs: (given) => {
      ofTool = given;
    },
    toolEnd: () => ofTool,
    use: (given) => {
      options = given;
    },
  };
}

function clientOf(settings: Settings, now: () => Date): MetricsClient {
  const { url, apiKey, timeoutMs, isOffline, stateFolder, spoolMaxBytes } = settings;
  const spool = join(stateFolder, "spool");
  const retries = 0; // what fails once is kept
  return createClient({ url, apiKey, timeoutMs, retries, isOffline, spool, spoolMaxBytes, now });
}

/** A value that is made when it is first asked for. */
type Once<Value> = (() => Value) & {
  /** The value, if it was asked for. */
  readonly made: () => Value | undefined;
};

function once<Value>(make: () => Value): Once<Value> {
  let made: { readonly value: Value } | undefined;
  const value = () => {
    made ??= { value: make() };
    return made.value;
  };
  return Object.assign(value, { made: () => made?.value });
}
