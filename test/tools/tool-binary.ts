import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Tools that tests run, by the name of their command. */
export const toolNames = ["claude", "codex", "gemini"] as const;
export type ToolName = (typeof toolNames)[number];

/** Folders in which tools are looked for: what `WSM_TOOLS_DIR` was filled with by npm, and the search path. */
function places(): readonly string[] {
  const { WSM_TOOLS_DIR, PATH = "" } = process.env;
  return [...(WSM_TOOLS_DIR ? [join(WSM_TOOLS_DIR, "node_modules", ".bin")] : []), ...PATH.split(delimiter)];
}

/** Where a tool is; undefined where it is not installed. */
export function findTool(name: ToolName): string | undefined {
  return places()
    .map((place) => join(place, name))
    .find((path) => existsSync(path));
}

/** What a tool says of its version. */
export function versionOf(path: string): string {
  return execFileSync(path, ["--version"], { encoding: "utf8", timeout: 30_000 }).trim();
}
