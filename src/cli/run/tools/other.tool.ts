import type { Tool } from "../tool.js";
import { otlpEnvironment } from "./otlp-environment.js";

/** Whatever honours the variables of OpenTelemetry; anything else is at least correlated. */
export const other: Tool = {
  name: "none",
  command: "",
  executor: "",
  equip: async (call, frame) => ({ args: call.args, env: { ...call.env, ...otlpEnvironment(call, frame) } }),
  overrides: async () => [],
};
