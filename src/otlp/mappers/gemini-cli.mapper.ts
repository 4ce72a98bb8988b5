import { unknownModel } from "../../domain/llm-call.js";
import type { LogRecord } from "../signals.js";
import {
  type ExecutorMapper,
  isEvent,
  keyOfValues,
  startOf,
  sumOf,
  type ToldCall,
  timeOf,
  without,
} from "./mapper.js";

const name = "gemini-cli";

/**
 * Gemini CLI: one `api_response` event per call; the GenAI event that it sends beside it tells of the same call. Its
 * input includes what was read from the cache but not the results of tools, its output excludes the thoughts.
 */
export const geminiCli: ExecutorMapper = {
  owns: ({ resource, scopeName }) => resource.get("service.name") === name || scopeName === name,
  callOf: (record) => (isEvent(record, "gemini_cli.api_response") ? callOf(record) : undefined),
};

function callOf(record: LogRecord): ToldCall {
  const { attributes, origin } = record;
  const executorSessionId = attributes.text("session.id") ?? origin.resource.text("session.id");
  const model = attributes.text("model");
  const [input, tools] = [attributes.number("input_token_count"), attributes.number("tool_token_count")];
  const cached = attributes.number("cached_content_token_count");
  const [output, thoughts] = [
    attributes.number("output_token_count"),
    attributes.number("thoughts_token_count"),
  ];
  const [time, duration] = [timeOf(record), attributes.number("duration_ms")];
  const identity = [executorSessionId, attributes.text("prompt_id"), time, duration, model];
  return {
    sourceKey: keyOfValues("gemini_cli", [...identity, input, cached, tools, output, thoughts]),
    executorSessionId,
    provider: "google",
    model: model ?? unknownModel,
    startedAt: startOf(time, duration),
    inputTokens: sumOf(without(input, cached), tools),
    cacheReadTokens: cached,
    outputTokens: sumOf(output, thoughts),
  };
}
