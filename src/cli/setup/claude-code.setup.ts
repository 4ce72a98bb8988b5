import { join } from "node:path";
import { valueAt, withoutValues, withValues } from "./json-settings.js";
import type { SetupFrame, ToolSetup } from "./setup.js";

/** A command as a shell reads it. */
const quoted = (words: readonly string[]): string =>
  words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(" ");

/** The variables by which Claude Code exports to a server. */
export const claudeEnvironment = (url: string): Readonly<Record<string, string>> => ({
  CLAUDE_CODE_ENABLE_TELEMETRY: "1",
  OTEL_LOGS_EXPORTER: "otlp",
  OTEL_METRICS_EXPORTER: "none",
  OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
});

/** Where Claude Code's own settings of a user stand. */
export const claudeFile = ({ env, home }: Pick<SetupFrame, "env" | "home">) =>
  join(env.CLAUDE_CONFIG_DIR || join(home, ".claude"), "settings.json");

/** A helper set up before gives the key of the server it names, so it has to follow the endpoint. */
function isOurs(text: string | undefined): boolean {
  const helper = valueAt(text ?? "", ["otelHeadersHelper"]);
  return typeof helper === "string" && / otel-headers --url \S+$/.test(helper);
}

/** Claude Code: a block of variables, and a helper that gives the key when it is needed. */
export const claudeCodeSetup: ToolSetup = {
  name: "claude-code",
  hasKeyHelper: true,
  file: claudeFile,
  change: (text, frame) => {
    const { url, apiKey } = frame.settings;
    const variables = Object.entries(claudeEnvironment(url)).map(([name, value]) => ({
      path: ["env", name],
      value,
    }));
    const helper = quoted([...frame.self, "otel-headers", "--url", url]);
    return withValues(claudeFile(frame), text, [
      ...variables,
      ...(apiKey === undefined && !isOurs(text) ? [] : [{ path: ["otelHeadersHelper"], value: helper }]),
    ]);
  },
  undo: withoutValues,
  notes: ({ self }) => [
    "Sessions are attributed to the run that `wsm start` starts in them, or to that of `wsm run`.",
    `Its tools for reporting: claude mcp add --scope user wsm -- ${quoted([...self, "mcp"])}`,
  ],
};
