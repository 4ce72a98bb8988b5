import { z } from "zod";
import { finalStatuses, statuses } from "../vocabulary.js";
import { type Fields, optional, record, word } from "./fields.schema.js";

/** What a run's start and its later updates can both say. */
export const identityShape = (fields: Fields) => ({ wsId: fields.identifier, executor: fields.executor });

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
    status: optional(word(finalStatuses)).transform((status) => status ?? "COMPLETED"),
    completedAt: optional(fields.happenedAt),
    ...metricsShape(fields),
  });

/** Refuses a pair of times in the wrong order. */
export function inOrder(
  {
    startedAt,
    completedAt,
  }: { readonly startedAt?: Date | undefined; readonly completedAt?: Date | undefined },
  context: z.RefinementCtx,
): void {
  if (startedAt === undefined || completedAt === undefined || completedAt >= startedAt) return;
  context.addIssue({ code: "custom", path: ["completedAt"], message: "must not be before startedAt" });
}
