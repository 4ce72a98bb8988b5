import * as lists from "../services/execution-list.service.js";
import { executionOrderFields, orderDirections } from "../vocabulary.js";
import { defaults } from "./defaults.js";
import { executionFilterSchema } from "./execution-filter.schema.js";
import { defaulted, optional, record, word } from "./fields.schema.js";
import { operation } from "./operation.js";
import { readers } from "./roles.js";

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
      filter: executionFilterSchema(fields),
      orderBy: defaulted(orderSchema, newestFirst),
      first: fields.pageSize(defaults.pageSize),
      after: optional(fields.text),
    }),
  run: lists.executionPage,
});

/** How many runs match a filter. */
export const executionTotal = operation({
  name: "executionTotal",
  kind: "read",
  roles: readers,
  schema: (fields) => record({ filter: executionFilterSchema(fields) }),
  run: (work, { filter }) => lists.executionCount(work, filter),
});
