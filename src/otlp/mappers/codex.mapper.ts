import { unknownModel } from "../../domain/llm-call.js";
import type { LogRecord } from "../signals.js";
import {
  type ExecutorMapper,
  isEvent,
  keyOfValues,
  startOf,
  type ToldCall,
  timeOf,
  without,
} from "./mapper.js";

/**
 * Codex CLI: of the two `response.completed` events per call, the one that counts tokens. Its input includes what was
 * read from the cache and written to it, its output includes the reasoning; `tool_token_count` is the total.
 */
export const codex: ExecutorMapper = {
  owns: ({ resource, scopeName }) =>
    /^codex([_-]|$)/.test(resource.text("service.name") ?? "") || /^codex_otel\b/.test(scopeName),
  callOf: (record) => (isCall(record) ? callOf(record) : undefined),
};

const isCall = (record: LogRecord) =>
  isEvent(record, "codex.sse_event") &&
  record.attributes.get("event.kind") === "response.completed" &&
  record.attributes.get("input_token_count") !== undefined;

function callOf(record: LogRecord): ToldCall {
  const { attributes } = record;
  const [executorSessionId, model] = [attributes.text("conversation.id"), attributes.text("model")];
  const [input, output] = [attributes.number("input_token_count"), attributes.number("output_token_count")];
  const [cached, written] = [
    attributes.number("cached_token_count"),
    attributes.number("cache_write_token_count"),
  ];
  const time = timeOf(record);
  return {
    sourceKey: keyOfValues("codex", [executorSessionId, time, model, input, cached, written, output]),
    executorSessionId,
    provider: "openai",
    model: model ?? unknownModel,
    startedAt: startOf(time),
    inputTokens: without(input, cached, written),
    cacheReadTokens: cached,
    cacheWrite5mTokens: written,
    outputTokens: output,
  };
}
