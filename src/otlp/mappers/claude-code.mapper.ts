import { unknownModel } from "../../domain/llm-call.js";
import type { Attributes } from "../attributes.js";
import type { LogRecord } from "../signals.js";
import {
  type ExecutorMapper,
  isEvent,
  keyOf,
  keyOfValues,
  startOf,
  type ToldCall,
  timeOf,
  without,
} from "./mapper.js";

const source = "claude_code";
const services: readonly unknown[] = ["claude-code", "claude-code-desktop"];
const scopePrefix = "com.anthropic.claude_code";

/** Through whom Claude Code reaches its models, in the words of the price lists. */
const providers: ReadonlyMap<unknown, string> = new Map([
  ["bedrock", "aws"],
  ["vertex", "google"],
  ["foundry", "azure"],
]);

/** Claude Code: one `api_request` event per call. Its input tokens exclude the cache; it reports its own cost. */
export const claudeCode: ExecutorMapper = {
  owns: ({ resource, scopeName }) =>
    services.includes(resource.get("service.name")) || scopeName.startsWith(scopePrefix),
  callOf: (record) => (isCall(record) ? callOf(record) : undefined),
};

const isCall = (record: LogRecord) =>
  isEvent(record, "api_request") || isEvent(record, "claude_code.api_request");

function callOf(record: LogRecord): ToldCall {
  const { attributes } = record;
  return {
    sourceKey: sourceKeyOf(record),
    executorSessionId: attributes.text("session.id"),
    provider: providers.get(attributes.get("anthropic.provider")) ?? "anthropic",
    model: attributes.text("model") ?? unknownModel,
    startedAt: startOf(timeOf(record), attributes.number("duration_ms")),
    inputTokens: attributes.number("input_tokens"),
    cacheReadTokens: attributes.number("cache_read_tokens"),
    ...cacheWrites(attributes),
    outputTokens: attributes.number("output_tokens"),
    costUsd: costOf(attributes),
  };
}

/** The sequence starts anew when a session is resumed, so it names a record together with its time only. */
function sourceKeyOf(record: LogRecord): string {
  const { attributes } = record;
  const requestId = attributes.text("request_id");
  if (requestId !== undefined) return keyOf(source, requestId);
  const [session, time] = [attributes.text("session.id"), timeOf(record)];
  const sequence = attributes.number("event.sequence");
  if (session !== undefined && time !== undefined && sequence !== undefined)
    return keyOf(source, `${session}|${time}|${sequence}`);
  const counts = (
    ["input_tokens", "cache_read_tokens", "cache_creation_tokens", "output_tokens"] as const
  ).map((name) => attributes.number(name));
  return keyOfValues(source, [session, time, sequence, attributes.text("model"), ...counts]);
}

/** What is not said to be written for an hour is written for five minutes; older versions do not say. */
function cacheWrites(attributes: Attributes): Pick<ToldCall, "cacheWrite5mTokens" | "cacheWrite1hTokens"> {
  const all = attributes.number("cache_creation_tokens");
  const cacheWrite1hTokens = attributes.number("cache_creation_1h_tokens");
  const cacheWrite5mTokens =
    all === undefined ? attributes.number("cache_creation_5m_tokens") : without(all, cacheWrite1hTokens);
  return { cacheWrite5mTokens, cacheWrite1hTokens };
}

/** The exact micro-dollars, else the dollars as they were computed in floating point. */
function costOf(attributes: Attributes): number | undefined {
  const micros = attributes.number("cost_usd_micros");
  if (micros !== undefined) return Math.round(micros) / 1e6;
  const dollars = attributes.number("cost_usd");
  return dollars && Number(dollars.toFixed(6));
}
