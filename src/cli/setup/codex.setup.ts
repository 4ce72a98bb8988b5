import { join } from "node:path";
import { parse, TomlError } from "smol-toml";
import { UsageError } from "../usage-error.js";
import { keyNote } from "./gemini.setup.js";
import type { SetupFrame, ToolSetup } from "./setup.js";

const begin = "# >>> wsm >>> set by `wsm setup codex`, taken out by `wsm setup codex --undo`";
const end = "# <<< wsm <<<";
const block = /\n*# >>> wsm >>>[^\n]*\n[\s\S]*?# <<< wsm <<<\n?/;

/** Where Codex' own settings of a user stand. */
export const codexFile = ({ env, home }: Pick<SetupFrame, "env" | "home">) =>
  join(env.CODEX_HOME || join(home, ".codex"), "config.toml");

/** Codex CLI: a block of its own at the end of the file, for nothing else in it may be moved. */
export const codexSetup: ToolSetup = {
  name: "codex",
  hasKeyHelper: false,
  file: codexFile,
  change: (text, frame) => {
    const file = codexFile(frame);
    const others = (text ?? "").replace(block, "\n").replace(/^\n+$/, "");
    const lines = linesFor(frame);
    requireRoom(file, others, frame);
    const before = others.trim() === "" ? "" : `${others.trimEnd()}\n\n`;
    const changed = `${before}${[begin, ...lines, end].join("\n")}\n`;
    if (!isToml(changed)) throw byHand(file, "a table in braces takes nothing more", lines);
    return { text: changed, values: changed === text ? [] : [{ path: [], before: text, after: changed }] };
  },
  undo: (text, values) => {
    const ours = values.flatMap(({ after }) => block.exec(String(after))?.[0].trim() ?? []);
    const there = block.exec(text)?.[0].trim();
    if (there !== undefined && !ours.includes(there)) return { text, kept: ["The block of wsm"] };
    const without = text.replace(block, "\n");
    return { text: without.trim() === "" ? "" : `${without.trimEnd()}\n`, kept: [] };
  },
  notes: ({ settings }) => (settings.apiKey === undefined ? [] : [keyNote("Codex")]),
};

/** Codex starts tools with next to nothing of its environment; these it passes on where they are set. */
const passedOn = ["WSM_API_KEY", "WSM_API_KEY_FILE", "WSM_STATE_DIR", "WS_EXECUTION_ID", "XDG_STATE_HOME"];

function linesFor({ settings, self }: SetupFrame): readonly string[] {
  const [command = "", ...args] = [...self, "mcp"];
  const mcp = [
    "[mcp_servers.wsm]",
    `command = ${JSON.stringify(command)}`,
    `args = ${JSON.stringify(args)}`,
    `env = { WSM_URL = ${JSON.stringify(settings.url)} }`,
    `env_vars = ${JSON.stringify(passedOn)}`,
  ];
  if (settings.apiKey !== undefined) return mcp;
  const exporter = `exporter = { otlp-http = { endpoint = ${JSON.stringify(`${settings.url}/v1/logs`)}, protocol = "json" } }`;
  return ["[otel]", "log_user_prompt = false", exporter, "", ...mcp];
}

/** A table may stand in TOML only once. */
function requireRoom(file: string, others: string, frame: SetupFrame): void {
  const parsed = parsedToml(file, others);
  const servers = parsed.mcp_servers;
  const taken = [
    ...(parsed.otel !== undefined && frame.settings.apiKey === undefined ? ["[otel]"] : []),
    ...(typeof servers === "object" && servers !== null && "wsm" in servers ? ["[mcp_servers.wsm]"] : []),
  ];
  if (taken.length === 0) return;
  throw byHand(file, `${taken.join(" and ")} stand there already`, linesFor(frame));
}

const byHand = (file: string, why: string, lines: readonly string[]) =>
  new UsageError([`${file} cannot be changed: ${why}. Make it say this by hand:`, "", ...lines].join("\n"));

/** An inline table such as `mcp_servers = { … }` takes no further entry, whatever it is called. */
function isToml(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** @throws UsageError with the line and column when it is no TOML */
export function parsedToml(file: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new UsageError(
      `${file} is no TOML (line ${error.line}, column ${error.column}); mend it first. Nothing was changed.`,
    );
  }
}
