import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stream, Surroundings } from "./surroundings.js";
import { UsageError } from "./usage-error.js";

/** What the environment says of how to report. */
export interface Settings {
  /** Where the server is, without a slash at its end. */
  readonly url: string;
  /** Undefined where the server asks for none. */
  readonly apiKey: string | undefined;
  /** How long a command waits for the server. */
  readonly timeoutMs: number;
  /** Nothing is sent; everything is kept for `wsm sync`. */
  readonly isOffline: boolean;
  /** Where events wait and runs are remembered. */
  readonly stateFolder: string;
  /** How many bytes of events may wait. */
  readonly spoolMaxBytes: number;
  /** No failure of reporting is a failure of the script it stands in. */
  readonly allowsFailure: boolean;
  /** Whether what goes to a stream is painted: as `NO_COLOR` and `FORCE_COLOR` say, else on a terminal. */
  readonly hasColour: (stream: Pick<Stream, "isTTY">) => boolean;
}

const defaultUrl = "http://127.0.0.1:4000";
const defaultTimeoutMs = 2000;
const defaultSpoolBytes = 64 * 1024 * 1024;

/** @throws UsageError naming every variable that is wrong and what would be right */
export function readSettings({ env, home }: Pick<Surroundings, "env" | "home">): Settings {
  const problems: string[] = [];
  const given = (name: string) => env[name] || undefined;
  const wholeNumber = (name: string, fallback: number) => {
    const text = given(name);
    if (text === undefined || /^[1-9]\d{0,11}$/.test(text))
      return text === undefined ? fallback : Number(text);
    problems.push(`${name} must be a whole number above 0, not ${JSON.stringify(text)}`);
    return fallback;
  };
  const url = (given("WSM_URL") ?? defaultUrl).replace(/\/+$/, "");
  if (!isHttpUrl(url))
    problems.push(`WSM_URL must be where the server is, such as ${defaultUrl}, not ${JSON.stringify(url)}`);
  const settings: Settings = {
    url,
    apiKey: given("WSM_API_KEY") ?? keyIn(given("WSM_API_KEY_FILE"), problems),
    timeoutMs: wholeNumber("WSM_TIMEOUT_MS", defaultTimeoutMs),
    isOffline: isOn(given("WSM_OFFLINE")),
    stateFolder:
      given("WSM_STATE_DIR") ?? join(given("XDG_STATE_HOME") ?? join(home, ".local", "state"), "wsm"),
    spoolMaxBytes: wholeNumber("WSM_SPOOL_MAX_BYTES", defaultSpoolBytes),
    allowsFailure: allowsFailure(env),
    hasColour: ({ isTTY }) => {
      if (given("NO_COLOR") !== undefined) return false;
      const forced = given("FORCE_COLOR");
      return forced === undefined ? isTTY : isOn(forced);
    },
  };
  if (/[^\x21-\x7e]/.test(settings.apiKey ?? ""))
    problems.push("The key has characters that no key has; is it cut or quoted?");
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return Object.freeze(settings);
}

/** Whether `WSM_ALLOW_FAILURE` is on; asked for apart because it counts while other settings are wrong. */
export const allowsFailure = (env: Surroundings["env"]) => isOn(env.WSM_ALLOW_FAILURE);

const isOn = (text: string | undefined) =>
  text !== undefined && !["", "0", "false", "no"].includes(text.toLowerCase());

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

function keyIn(path: string | undefined, problems: string[]): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8").trim() || undefined;
  } catch (error) {
    problems.push(
      `WSM_API_KEY_FILE cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}
