import { phaseNames } from "../vocabulary.js";
import { type Fields, optional, record, word } from "./fields.schema.js";

/** One call of a model; token counts are disjoint. */
export const llmCallSchema = (fields: Fields) =>
  record({
    sourceKey: fields.identifier,
    executionId: optional(fields.uuid),
    executorSessionId: optional(fields.identifier),
    phase: optional(word(phaseNames)),
    documentType: optional(fields.identifier),
    provider: optional(fields.identifier),
    model: fields.identifier,
    startedAt: fields.happenedAt,
    inputTokens: optional(fields.count),
    cacheReadTokens: optional(fields.count),
    cacheWrite5mTokens: optional(fields.count),
    cacheWrite1hTokens: optional(fields.count),
    outputTokens: optional(fields.count),
    costUsd: optional(fields.usd),
  });
