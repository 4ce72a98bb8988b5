import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readText } from "../../state-file.js";
import { UsageError } from "../../usage-error.js";
import type { Tool } from "../tool.js";
import { otlpEnvironment } from "./otlp-environment.js";

interface ClaudeSettings {
  readonly env?: Readonly<Record<string, string>>;
}

/** Where an administrator settles what no user can change. */
export const managedFiles = [
  "/etc/claude-code/managed-settings.json",
  "/Library/Application Support/ClaudeCode/managed-settings.json",
];

/**
 * Claude Code. The variables of a settings file win over those of the shell, and a file given by `--settings` wins over
 * all but managed ones, so that is where they stand.
 */
export const claudeCode: Tool = {
  name: "claude-code",
  command: "claude",
  executor: "claude_code",
  equip: async (call, frame) => {
    const env = { ...otlpEnvironment(call, frame), CLAUDE_CODE_ENABLE_TELEMETRY: "1" };
    const { given, others } = takeSettings(call.args);
    const own = given === undefined ? {} : await settingsIn(given);
    const file = join(frame.folder, "claude-settings.json");
    await writeFile(file, JSON.stringify({ ...own, env: { ...own.env, ...env } }), { mode: 0o600 });
    return { args: ["--settings", file, ...others], env: { ...call.env, ...env } };
  },
  overrides: async (call, frame) => {
    const ours = Object.keys({ ...otlpEnvironment(call, frame), CLAUDE_CODE_ENABLE_TELEMETRY: "1" });
    const found = await Promise.all(managedFiles.map(async (path) => ({ path, text: await readText(path) })));
    return found.flatMap(({ path, text }) => {
      const set = ours.filter((name) => text?.includes(`"${name}"`));
      if (set.length === 0) return [];
      return [
        `${path} sets ${set.join(", ")} for everybody: what this run spends may go elsewhere; ask who manages it.`,
      ];
    });
  },
};

/** The settings that the caller gives, and the other arguments; what stands after `--` is the prompt's. */
function takeSettings(args: readonly string[]) {
  const end = args.indexOf("--");
  const at = args.findIndex((arg, index) => (end < 0 || index < end) && /^--settings(=|$)/.test(arg));
  if (at < 0) return { given: undefined, others: args };
  const [, inline] = /^--settings=(.*)$/s.exec(args[at] ?? "") ?? [];
  const taken = inline === undefined ? 2 : 1;
  return { given: inline ?? args[at + 1] ?? "", others: [...args.slice(0, at), ...args.slice(at + taken)] };
}

/** What `--settings` means: JSON, or a file with it. */
async function settingsIn(given: string): Promise<ClaudeSettings> {
  const text = given.trimStart().startsWith("{")
    ? given
    : await readFile(given, "utf8").catch(() => undefined);
  try {
    if (text !== undefined) return JSON.parse(text) as ClaudeSettings; // Claude Code's own format
  } catch {
    // told below
  }
  throw new UsageError(`--settings ${given} is neither JSON nor a file with it.`);
}
