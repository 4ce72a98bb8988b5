import type { Call, RunFrame } from "../tool.js";
import { withAttribute } from "../tool.js";

/** The variables of OpenTelemetry by which log records go to the run's endpoint, with the run's id. */
export function otlpEnvironment(
  { env }: Call,
  { endpoint, executionId }: RunFrame,
): Readonly<Record<string, string>> {
  return {
    WS_EXECUTION_ID: executionId,
    OTEL_RESOURCE_ATTRIBUTES: withAttribute(env.OTEL_RESOURCE_ATTRIBUTES, "ws_execution_id", executionId),
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${endpoint}/v1/logs`,
  };
}
