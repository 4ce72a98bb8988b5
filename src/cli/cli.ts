import type { MetricsClient } from "../client/client.js";
import type { Settings } from "./settings.js";
import type { Surroundings } from "./surroundings.js";

/** What every command works with. */
export interface Cli {
  readonly surroundings: Surroundings;
  /** @throws UsageError where the environment is wrong */
  readonly settings: () => Settings;
  /** The client of the server that the environment names. */
  readonly client: () => MetricsClient;
  /** Words for who looks on: a line on standard error. */
  say(sentence: string): void;
  /** The result of the command on standard output: `text`, or with `--json` the value. */
  result(value: unknown, text: string): void;
  /** What the process ends with if nothing fails. */
  exitCode: number;
}
