import { readText } from "../../state-file.js";
import type { Tool } from "../tool.js";
import { otlpEnvironment } from "./otlp-environment.js";

/** Where an administrator settles what no user can change. */
export const managedFile = "/etc/codex/managed_config.toml";

/** Whether a configuration says where telemetry goes, in whichever of the ways that TOML has for it. */
export const setsTelemetry = (toml: string): boolean => /^\s*(\[\s*)?otel\b/m.test(toml);

/** Codex CLI reads where to report from its configuration only; `-c` changes that for one call. */
export const codex: Tool = {
  name: "codex",
  command: "codex",
  executor: "codex",
  equip: async (call, frame) => {
    const exporter = `otel.exporter={otlp-http={endpoint='${frame.endpoint}/v1/logs',protocol='json'}}`;
    const args = ["-c", exporter, "-c", "otel.log_user_prompt=false", ...call.args];
    return { args, env: { ...call.env, ...otlpEnvironment(call, frame) } };
  },
  overrides: async ({ args }) => {
    const text = await readText(managedFile);
    const isManaged = text !== undefined && setsTelemetry(text);
    const isGiven = args.some((arg) => /^otel\.exporter\s*=/.test(arg));
    return [
      ...(isManaged
        ? [`${managedFile} says where telemetry goes: what this run spends may go elsewhere.`]
        : []),
      ...(isGiven ? ["otel.exporter is given to codex as well and wins: leave it out."] : []),
    ];
  },
};
