import type { Tool } from "../tool.js";
import { otlpEnvironment } from "./otlp-environment.js";

/** Gemini CLI takes variables of its own before its settings files; prompts are never part of what it sends. */
export const gemini: Tool = {
  name: "gemini",
  command: "gemini",
  executor: "gemini_cli",
  equip: async (call, frame) => ({
    args: call.args,
    env: {
      ...call.env,
      ...otlpEnvironment(call, frame),
      GEMINI_TELEMETRY_ENABLED: "true",
      GEMINI_TELEMETRY_TARGET: "local",
      GEMINI_TELEMETRY_OTLP_PROTOCOL: "http",
      GEMINI_TELEMETRY_OTLP_ENDPOINT: frame.endpoint,
      GEMINI_TELEMETRY_LOG_PROMPTS: "false",
      GEMINI_TELEMETRY_OUTFILE: undefined,
    },
  }),
  overrides: async ({ args }) =>
    args.some((arg) => arg.startsWith("--telemetry"))
      ? ["--telemetry… is given to gemini as well and wins: leave it out."]
      : [],
};
