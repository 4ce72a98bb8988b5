import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Cli } from "../cli.js";
import { harmless } from "../harmless.js";
import { findCommand } from "../run/child.js";
import { claudeEnvironment, claudeFile } from "../setup/claude-code.setup.js";
import { codexFile, parsedToml } from "../setup/codex.setup.js";
import { geminiFile, geminiTelemetry } from "../setup/gemini.setup.js";
import { requireObject, valueAt } from "../setup/json-settings.js";
import { readText } from "../state-file.js";
import { type Finding, fine, reasonOf, warning, wrong } from "./finding.js";
import { helperChecks } from "./headers.checks.js";
import { claudeOverrides, codexOverrides, geminiOverrides } from "./override.checks.js";

const execute = promisify(execFile);
const versionTimeoutMs = 10_000;

interface KnownTool {
  readonly command: string;
  readonly setup: string;
  /** What its settings say of where telemetry goes; undefined where they say nothing. */
  readonly endpoint: (cli: Cli) => Promise<string | undefined>;
  /** Where it should go, as its settings spell it. */
  readonly expected: (url: string) => string;
  /** What wins over these settings, and what else can be wrong once they send it here. */
  readonly further: (cli: Cli, isServerThere: boolean) => Promise<readonly Finding[]>;
}

const tools: readonly KnownTool[] = [
  {
    command: "claude",
    setup: "claude-code",
    endpoint: async ({ surroundings }) => {
      const text = await objectIn(claudeFile(surroundings));
      const isOn =
        valueAt(text, ["env", "CLAUDE_CODE_ENABLE_TELEMETRY"]) === "1" &&
        valueAt(text, ["env", "OTEL_LOGS_EXPORTER"]) === "otlp";
      return isOn ? asText(valueAt(text, ["env", "OTEL_EXPORTER_OTLP_ENDPOINT"])) : undefined;
    },
    expected: (url) => claudeEnvironment(url).OTEL_EXPORTER_OTLP_ENDPOINT ?? url,
    further: async (cli, isServerThere) => [
      ...(await claudeOverrides(cli)),
      ...(await helperChecks(cli, isServerThere)),
    ],
  },
  {
    command: "codex",
    setup: "codex",
    endpoint: async ({ surroundings }) => {
      const file = codexFile(surroundings);
      const { otel } = parsedToml(file, (await readText(file)) ?? "");
      return /"endpoint":"([^"]*)"/.exec(JSON.stringify(otel ?? {}))?.[1];
    },
    expected: (url) => `${url}/v1/logs`,
    further: codexOverrides,
  },
  {
    command: "gemini",
    setup: "gemini",
    endpoint: async ({ surroundings }) => {
      const text = await objectIn(geminiFile(surroundings));
      const isOn = valueAt(text, ["telemetry", "enabled"]) === true;
      return isOn ? asText(valueAt(text, ["telemetry", "otlpEndpoint"])) : undefined;
    },
    expected: (url) => geminiTelemetry(url).otlpEndpoint,
    further: geminiOverrides,
  },
];

/** Which tools are here, and whether they report to this server by themselves. */
export async function toolChecks(cli: Cli, isServerThere: boolean): Promise<readonly Finding[]> {
  const { env, folder } = cli.surroundings;
  const findings = await Promise.all(
    tools.map(async (tool) => {
      const path = findCommand(tool.command, env.PATH, folder);
      return path === undefined ? [] : await toolCheck(cli, tool, path, isServerThere);
    }),
  );
  const found = findings.flat();
  return found.length > 0
    ? found
    : [warning("tools", "neither claude nor codex nor gemini is on the search path")];
}

async function toolCheck(
  cli: Cli,
  { command, setup, endpoint, expected, further }: KnownTool,
  path: string,
  isServerThere: boolean,
): Promise<readonly Finding[]> {
  const { url } = cli.settings();
  try {
    const { stdout } = await execute(path, ["--version"], { timeout: versionTimeoutMs });
    const version = harmless(stdout.trim().split("\n")[0] ?? "");
    const goes = await endpoint(cli);
    if (goes === undefined) {
      return [
        fine(command, `${version}; reports under \`wsm run\` (by itself after \`wsm setup ${setup}\`)`),
      ];
    }
    if (goes !== expected(url)) {
      const elsewhere = `${version}; reports by itself to ${harmless(goes)}, not to ${url}: \`wsm setup ${setup}\` changes that.`;
      return [warning(command, elsewhere)];
    }
    return [fine(command, `${version}; reports to ${url} by itself`), ...(await further(cli, isServerThere))];
  } catch (error) {
    return [wrong(command, `${path}: ${reasonOf(error)}`)];
  }
}

/** The text of settings that are an object; that of none where there is no file. */
async function objectIn(file: string): Promise<string> {
  const text = await readText(file);
  if (!text?.trim()) return "{}";
  requireObject(file, text);
  return text;
}

const asText = (value: unknown) => (typeof value === "string" ? value : undefined);
