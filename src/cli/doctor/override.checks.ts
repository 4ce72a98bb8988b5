import { join } from "node:path";
import type { Cli } from "../cli.js";
import { managedFiles } from "../run/tools/claude-code.tool.js";
import { managedFile, setsTelemetry } from "../run/tools/codex.tool.js";
import { claudeEnvironment, claudeFile } from "../setup/claude-code.setup.js";
import { geminiFile, geminiTelemetry } from "../setup/gemini.setup.js";
import { valueAt } from "../setup/json-settings.js";
import { readText } from "../state-file.js";
import { type Finding, warning } from "./finding.js";

/** Variables that win over the general ones of the same meaning. */
const ofLogs = ["ENDPOINT", "PROTOCOL", "HEADERS"].map((what) => `OTEL_EXPORTER_OTLP_LOGS_${what}`);

/** Where Gemini CLI takes what an administrator settles. */
const geminiSystemFile = "/etc/gemini-cli/settings.json";

/** What wins over the user's settings of Claude Code: those of the project, and managed ones. */
export async function claudeOverrides({ surroundings, settings }: Cli): Promise<readonly Finding[]> {
  const { folder } = surroundings;
  const wanted: Readonly<Record<string, unknown>> = claudeEnvironment(settings().url);
  const own = claudeFile(surroundings);
  const project = ["settings.json", "settings.local.json"].map((name) => join(folder, ".claude", name));
  const found = await Promise.all(
    [...new Set([own, ...project, ...managedFiles])].map(async (path) => {
      const text = await readable(path);
      const differs = Object.keys(wanted).filter((name) => differsAt(text, ["env", name], wanted[name]));
      const stray = ofLogs.filter((name) => valueAt(text, ["env", name]) !== undefined);
      const attributes = valueAt(text, ["env", "OTEL_RESOURCE_ATTRIBUTES"]);
      const namesRun = typeof attributes === "string" && attributes.includes("ws_execution_id=");
      const names = [...differs, ...stray, ...(namesRun ? ["OTEL_RESOURCE_ATTRIBUTES"] : [])];
      return overridden("claude", path, names);
    }),
  );
  return found.flat();
}

/** What wins over the user's settings of Gemini CLI: those of the project, and of the system. */
export async function geminiOverrides({ surroundings, settings }: Cli): Promise<readonly Finding[]> {
  const wanted: Readonly<Record<string, unknown>> = geminiTelemetry(settings().url);
  const own = geminiFile(surroundings);
  const others = [join(surroundings.folder, ".gemini", "settings.json"), geminiSystemFile];
  const found = await Promise.all(
    [...new Set([own, ...others])].map(async (path) => {
      const text = await readable(path);
      const names = Object.keys(wanted).filter((name) => differsAt(text, ["telemetry", name], wanted[name]));
      return overridden(
        "gemini",
        path,
        names.map((name) => `telemetry.${name}`),
      );
    }),
  );
  return found.flat();
}

/** What wins over the user's settings of Codex: managed ones. */
export async function codexOverrides(): Promise<readonly Finding[]> {
  const isSet = setsTelemetry(await readable(managedFile));
  return overridden("codex", managedFile, isSet ? ["otel"] : []);
}

function overridden(command: string, path: string, names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return [];
  const what = `${names.join(", ")} in ${path} may send what it spends elsewhere, or to another run: take it out there.`;
  return [warning(command, what)];
}

const differsAt = (text: string, path: readonly string[], wanted: unknown) => {
  const value = valueAt(text, path);
  return value !== undefined && value !== wanted;
};

/** What a file says that need neither be there nor be ours to read. */
const readable = async (path: string) => (await readText(path).catch(() => undefined)) ?? "{}";
