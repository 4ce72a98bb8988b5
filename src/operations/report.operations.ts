import { executionCount, executionPage } from "../services/execution-list.service.js";
import {
  scoreboard as board,
  dashboard as figures,
  costSummary as summary,
} from "../services/report.service.js";
import { executionOrderFields, intervals, orderDirections, windows } from "../vocabulary.js";
import { type Fields, optional, record, word } from "./fields.schema.js";
import { operation } from "./operation.js";
import { readers } from "./roles.js";

const defaultPageSize = 50;

const filterSchema = (fields: Fields) =>
  record({
    wsId: optional(fields.identifier),
    wpId: optional(fields.identifier),
    executor: optional(fields.executor),
    scopeId: optional(fields.identifier),
    status: optional(fields.statusFilter),
    startedFrom: optional(fields.instant),
    startedTo: optional(fields.instant),
  });

const orderSchema = record({
  field: optional(word(executionOrderFields)).transform((field) => field ?? "started_at"),
  direction: optional(word(orderDirections)).transform((direction) => direction ?? "desc"),
});

const newestFirst = { field: "started_at", direction: "desc" } as const;

/** One page of the runs that match a filter. */
export const executions = operation({
  name: "executions",
  kind: "read",
  roles: readers,
  schema: (fields) =>
    record({
      filter: optional(filterSchema(fields)).transform((filter) => filter ?? {}),
      orderBy: optional(orderSchema).transform((order) => order ?? newestFirst),
      first: optional(fields.pageSize).transform((first) => first ?? defaultPageSize),
      after: optional(fields.text),
    }),
  run: (scope, { filter, orderBy, first, after }) =>
    executionPage(scope, { filter, order: orderBy, first, after }),
});

/** How many runs match a filter. */
export const executionTotal = operation({
  name: "executionTotal",
  kind: "read",
  roles: readers,
  schema: (fields) => record({ filter: optional(filterSchema(fields)).transform((filter) => filter ?? {}) }),
  run: (scope, { filter }) => executionCount(scope, filter),
});

const rangeShape = (fields: Fields) => ({
  from: optional(fields.instant),
  to: optional(fields.instant),
  timeZone: optional(fields.identifier).transform((name) => name ?? "UTC"),
});

/** Figures of a period, and its trend. */
export const dashboard = operation({
  name: "dashboard",
  kind: "read",
  roles: readers,
  schema: (fields) =>
    record({
      ...rangeShape(fields),
      interval: optional(word(intervals)).transform((interval) => interval ?? "day"),
    }),
  run: figures,
});

/** What was spent in a range, and on what. */
export const costSummary = operation({
  name: "costSummary",
  kind: "read",
  roles: readers,
  schema: (fields) => record(rangeShape(fields)),
  run: summary,
});

/** Figures of a window that ends now. */
export const scoreboard = operation({
  name: "scoreboard",
  kind: "read",
  roles: readers,
  schema: () => record({ window: optional(word(windows)).transform((window) => window ?? "7d") }),
  run: (scope, { window }) => board(scope, window),
});
