import { finalStatuses, statuses } from "../vocabulary.js";
import { defaults } from "./defaults.js";
import { defaulted, type Fields, optional, record, word } from "./fields.schema.js";

/** Whose run it is. */
export const identityShape = (fields: Fields) => ({ wsId: fields.identifier, executor: fields.executor });

/** What a run's start, its updates and its end can all say. */
export const metricsShape = (fields: Fields) => ({
  wpId: optional(fields.identifier),
  testMetrics: optional(
    record({
      written: fields.count.nullish(),
      passing: fields.count.nullish(),
      failing: fields.count.nullish(),
      skipped: fields.count.nullish(),
    }),
  ),
  fileMetrics: optional(
    record({
      created: fields.paths.nullish(),
      modified: fields.paths.nullish(),
      deleted: fields.paths.nullish(),
    }),
  ),
  reworkCycles: optional(fields.count),
  llmCalls: optional(fields.count),
  llmTokensIn: optional(fields.count),
  llmTokensOut: optional(fields.count),
  llmCostUsd: optional(fields.usd),
  llmModel: optional(fields.identifier),
});

export const startSchema = (fields: Fields) =>
  record({
    id: optional(fields.uuid),
    ...identityShape(fields),
    wpId: optional(fields.identifier),
    scopeId: optional(fields.identifier),
    executorSessionId: optional(fields.identifier),
    startedAt: optional(fields.happenedAt),
    llmModel: optional(fields.identifier),
  });

export const updateSchema = (fields: Fields) =>
  record({ id: fields.uuid, status: optional(word(statuses)), ...metricsShape(fields) });

export const completeSchema = (fields: Fields) =>
  record({
    id: fields.uuid,
    status: defaulted(word(finalStatuses), defaults.completion),
    completedAt: optional(fields.happenedAt),
    ...metricsShape(fields),
  });
