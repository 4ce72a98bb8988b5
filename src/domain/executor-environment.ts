/** Stands for the reporter's key, for its shell to fill in: no key is ever part of an answer. */
const key = "$WSM_API_KEY";

/**
 * Environment variables under which Claude Code, Codex CLI and Gemini CLI report the LLM calls of an execution by
 * themselves, over OTLP. Every value can stand between double quotes in a shell as it is. `WSM_CODEX_CONFIG` is for
 * `codex exec -c "$WSM_CODEX_CONFIG"`, because Codex reads where to report from its configuration only.
 * @param baseUrl where executors reach this server, without a slash at its end; it must need no quoting
 */
export function executorEnvironment(executionId: string, baseUrl: string): Readonly<Record<string, string>> {
  return {
    WS_EXECUTION_ID: executionId,
    OTEL_RESOURCE_ATTRIBUTES: `ws_execution_id=${executionId}`,
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl,
    OTEL_EXPORTER_OTLP_HEADERS: `Authorization=Bearer ${key}`,
    CLAUDE_CODE_ENABLE_TELEMETRY: "1",
    GEMINI_TELEMETRY_ENABLED: "true",
    GEMINI_TELEMETRY_TARGET: "local",
    GEMINI_TELEMETRY_OTLP_PROTOCOL: "http",
    GEMINI_TELEMETRY_OTLP_ENDPOINT: baseUrl,
    GEMINI_TELEMETRY_LOG_PROMPTS: "false",
    WSM_CODEX_CONFIG: `otel.exporter={otlp-http={endpoint='${baseUrl}/v1/logs',protocol='json',headers={authorization='Bearer ${key}'}}}`,
  };
}
