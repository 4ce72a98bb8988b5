import type { z } from "zod";
import type { ExecutionFilter } from "../domain/page.js";
import * as lists from "../services/execution-list.service.js";
import { executionOrderFields, orderDirections } from "../vocabulary.js";
import { defaults } from "./defaults.js";
import { defaulted, type Fields, optional, record, word } from "./fields.schema.js";
import { operation } from "./operation.js";
import { readers } from "./roles.js";

const filterSchema = (fields: Fields) =>
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

const orderSchema = record({
  field: defaulted(word(executionOrderFields), defaults.orderField),
  direction: defaulted(word(orderDirections), defaults.orderDirection),
});

const newestFirst = { field: defaults.orderField, direction: defaults.orderDirection };

/** One page of the runs that match a filter. */
export const executions = operation({
  name: "executions",
  kind: "read",
  roles: readers,
  schema: (fields) =>
    record({
      filter: filterSchema(fields),
      orderBy: defaulted(orderSchema, newestFirst),
      first: defaulted(fields.pageSize, defaults.pageSize),
      after: optional(fields.text),
    }),
  run: lists.executionPage,
});

/** How many runs match a filter. */
export const executionTotal = operation({
  name: "executionTotal",
  kind: "read",
  roles: readers,
  schema: (fields) => record({ filter: filterSchema(fields) }),
  run: (work, { filter }) => lists.executionCount(work, filter),
});
