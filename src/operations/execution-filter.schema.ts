import type { z } from "zod";
import type { ExecutionFilter } from "../domain/page.js";
import { type Fields, optional, record } from "./fields.schema.js";

/** Which executions; without it all. */
export const executionFilterSchema = (fields: Fields) =>
  record({
    wsId: optional(fields.identifier),
    wpId: optional(fields.identifier),
    executor: optional(fields.executor),
    scopeId: optional(fields.identifier),
    status: optional(fields.statusFilter),
    startedFrom: optional(fields.instant),
    startedTo: optional(fields.instant),
  })
    .superRefine(hasLength)
    .nullish()
    .transform((filter): ExecutionFilter => filter ?? {});

/** Refuses an empty range. */
function hasLength({ startedFrom, startedTo }: ExecutionFilter, context: z.RefinementCtx): void {
  if (startedFrom === undefined || startedTo === undefined || startedFrom < startedTo) return;
  context.addIssue({ code: "custom", path: ["startedFrom"], message: "must be before `startedTo`" });
}
