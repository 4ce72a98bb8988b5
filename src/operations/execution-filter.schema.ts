import type { z } from "zod";
import type { ExecutionFilter } from "../domain/page.js";
import { costSources } from "../vocabulary.js";
import { type Fields, optional, record, word } from "./fields.schema.js";

const ranges = [
  ["startedFrom", "startedTo"],
  ["completedFrom", "completedTo"],
  ["durationFrom", "durationTo"],
  ["costFrom", "costTo"],
] as const satisfies readonly (readonly [keyof ExecutionFilter, keyof ExecutionFilter])[];

/** Which executions a reader asks about; an absent filter means all of them. */
export const executionFilterSchema = (fields: Fields) =>
  givenExecutionFilterSchema(fields)
    .nullish()
    .transform((filter): ExecutionFilter => filter ?? {});

/** The same of a filter that was given. A range without length is refused. */
export const givenExecutionFilterSchema = (fields: Fields) =>
  record({
    wsId: optional(fields.identifier),
    wsIdIn: optional(fields.oneOf(fields.identifier)),
    wsIdPrefix: optional(fields.identifier),
    wpId: optional(fields.identifier),
    wpIdIn: optional(fields.oneOf(fields.identifier)),
    wpIdPrefix: optional(fields.identifier),
    executor: optional(fields.executor),
    executorIn: optional(fields.oneOf(fields.executor)),
    executorPrefix: optional(fields.executor),
    scopeId: optional(fields.identifier),
    scopeIdIn: optional(fields.oneOf(fields.identifier)),
    llmModelIn: optional(fields.oneOf(fields.identifier)),
    status: optional(fields.statusFilter),
    startedFrom: optional(fields.instant),
    startedTo: optional(fields.instant),
    completedFrom: optional(fields.instant),
    completedTo: optional(fields.instant),
    durationFrom: optional(fields.count),
    durationTo: optional(fields.count),
    costFrom: optional(fields.usd),
    costTo: optional(fields.usd),
    costSource: optional(fields.oneOf(word(costSources))),
    reworkAtLeast: optional(fields.count),
    hasBugFixes: optional(fields.boolean),
    hasUnpricedCalls: optional(fields.boolean),
    text: optional(fields.searchText),
  }).superRefine(haveLength(ranges));

/** Refuses every range, named by its two fields, that has no length. */
export function haveLength<Name extends string>(named: readonly (readonly [Name, Name])[]) {
  return (
    filter: { readonly [Field in Name]?: Date | number | undefined },
    context: z.RefinementCtx,
  ): void => {
    for (const [from, to] of named) {
      const [first, end] = [filter[from], filter[to]];
      if (first === undefined || end === undefined || first < end) continue;
      context.addIssue({ code: "custom", path: [from], message: `must be before \`${to}\`` });
    }
  };
}
