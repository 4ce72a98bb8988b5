import { join } from "node:path";
import { withoutValues, withValues } from "./json-settings.js";
import type { SetupFrame, ToolSetup } from "./setup.js";

/** Where Gemini CLI's own settings of a user stand. */
export const geminiFile = ({ home }: Pick<SetupFrame, "home">) => join(home, ".gemini", "settings.json");

/** Where Gemini CLI's telemetry goes; its prompts go nowhere. */
export const geminiTelemetry = (url: string) => ({
  enabled: true,
  target: "local",
  otlpProtocol: "http",
  otlpEndpoint: url,
  logPrompts: false,
});

/** Gemini CLI takes no key but from its environment, so with one its telemetry is left to `wsm run`. */
export const geminiSetup: ToolSetup = {
  name: "gemini",
  hasKeyHelper: false,
  file: geminiFile,
  change: (text, frame) => {
    const { url, apiKey } = frame.settings;
    const [command, ...args] = frame.self;
    const telemetry = Object.entries(geminiTelemetry(url)).map(([name, value]) => ({
      path: ["telemetry", name],
      value,
    }));
    return withValues(geminiFile(frame), text, [
      ...(apiKey === undefined ? telemetry : []),
      { path: ["mcpServers", "wsm"], value: { command, args: [...args, "mcp"] } },
    ]);
  },
  undo: withoutValues,
  notes: ({ settings }) => (settings.apiKey === undefined ? [] : [keyNote("Gemini CLI")]),
};

/** What is said where a tool would need the key in a file. */
export const keyNote = (tool: string) =>
  `${tool} could send telemetry only with the key in its file, which is never done: start it by \`wsm run\`, which needs none there.`;
