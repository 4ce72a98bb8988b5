import { unknownModel } from "../../domain/llm-call.js";
import type { Attributes } from "../attributes.js";
import type { LogRecord, Span } from "../signals.js";
import { firstNumber, keyOf, keyOfValues, type ToldCall, without } from "./mapper.js";

/** Operations that are one call of a model; agents, tools and workflows sum up the calls below them. */
const inferences: readonly unknown[] = ["chat", "generate_content", "text_completion", "embeddings"];

/** Well-known providers of the GenAI conventions, old and new, in the words of the price lists; the others agree. */
const providers: ReadonlyMap<string, string> = new Map([
  ["aws.bedrock", "aws"],
  ["az.ai.inference", "azure"],
  ["az.ai.openai", "azure"],
  ["azure.ai.inference", "azure"],
  ["azure.ai.openai", "azure"],
  ["gcp.gemini", "google"],
  ["gcp.gen_ai", "google"],
  ["gcp.vertex_ai", "google"],
  ["gemini", "google"],
  ["mistral_ai", "mistral"],
  ["moonshot_ai", "moonshotai"],
  ["vertex_ai", "google"],
  ["x_ai", "x-ai"],
  ["xai", "x-ai"],
]);

/** Whether attributes tell what one call of a model used. */
export function hasUsage(attributes: Attributes): boolean {
  const operation = attributes.get("gen_ai.operation.name");
  const isInference = operation === undefined || inferences.includes(operation);
  return isInference && (inputOf(attributes) ?? outputOf(attributes)) !== undefined;
}

/**
 * The call that the GenAI attributes of a record or span tell of. A log record and a span of one call get the same key
 * when both name its response, or the record its span. Input includes what was read from the cache and written to it,
 * output includes the reasoning.
 */
export function callOfGenAi(sent: LogRecord | Span, startedAt: string | undefined): ToldCall {
  const { attributes, origin } = sent;
  const read = firstNumber(
    attributes,
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_read_input_tokens",
  );
  const written = firstNumber(
    attributes,
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
  );
  return {
    sourceKey: sourceKeyOf(sent, startedAt),
    executorSessionId: sessionOf(attributes) ?? origin.resource.text("session.id"),
    provider: providerOf(attributes),
    model: modelOf(attributes) ?? unknownModel,
    startedAt,
    inputTokens: without(inputOf(attributes), read, written),
    cacheReadTokens: read,
    cacheWrite5mTokens: written,
    outputTokens: outputOf(attributes),
  };
}

const inputOf = (attributes: Attributes) =>
  firstNumber(attributes, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens");

const outputOf = (attributes: Attributes) =>
  firstNumber(attributes, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens");

const sessionOf = (attributes: Attributes) =>
  attributes.text("gen_ai.conversation.id") ?? attributes.text("session.id");

const modelOf = (attributes: Attributes) =>
  attributes.text("gen_ai.response.model") ?? attributes.text("gen_ai.request.model");

function providerOf(attributes: Attributes): string | undefined {
  const sent = attributes.text("gen_ai.provider.name") ?? attributes.text("gen_ai.system");
  const name = sent?.toLowerCase();
  return name && (providers.get(name) ?? name);
}

function sourceKeyOf(
  { attributes, traceId, spanId }: LogRecord | Span,
  startedAt: string | undefined,
): string {
  const responseId = attributes.text("gen_ai.response.id");
  if (responseId !== undefined) return keyOf("gen_ai", responseId);
  if (traceId && spanId) return keyOf("gen_ai", `${traceId}:${spanId}`);
  return keyOfValues("gen_ai", [
    sessionOf(attributes),
    startedAt,
    modelOf(attributes),
    inputOf(attributes),
    outputOf(attributes),
  ]);
}
