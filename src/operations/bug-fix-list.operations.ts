import type { BugFixFilter } from "../domain/bug-fix-page.js";
import * as lists from "../services/bug-fix-list.service.js";
import { orderDirections } from "../vocabulary.js";
import { defaults } from "./defaults.js";
import { haveLength } from "./execution-filter.schema.js";
import { defaulted, type Fields, optional, record, word } from "./fields.schema.js";
import { operation } from "./operation.js";
import { readers, reportersAndReaders } from "./roles.js";

/** Which bug fixes a reader asks about; an absent filter means all of them. */
export const bugFixFilterSchema = (fields: Fields) =>
  record({
    executionId: optional(fields.uuid),
    wsId: optional(fields.identifier),
    wpId: optional(fields.identifier),
    executor: optional(fields.executor),
    scopeId: optional(fields.identifier),
    autonomous: optional(fields.boolean),
    createdFrom: optional(fields.instant),
    createdTo: optional(fields.instant),
    testNamePrefix: optional(fields.identifier),
    text: optional(fields.searchText),
  })
    .superRefine(haveLength([["createdFrom", "createdTo"]]))
    .nullish()
    .transform((filter): BugFixFilter => filter ?? {});

const orderSchema = record({ direction: defaulted(word(orderDirections), defaults.orderDirection) });

/** One page of the bug fixes that match a filter, of all runs. */
export const bugFixes = operation({
  name: "bugFixes",
  kind: "read",
  roles: readers,
  schema: (fields) =>
    record({
      filter: bugFixFilterSchema(fields),
      orderBy: defaulted(orderSchema, { direction: defaults.orderDirection }),
      first: fields.pageSize(defaults.pageSize),
      after: optional(fields.text),
    }),
  run: lists.page,
});

/** How many bug fixes match a filter. */
export const bugFixTotal = operation({
  name: "bugFixTotal",
  kind: "read",
  roles: readers,
  schema: (fields) => record({ filter: bugFixFilterSchema(fields) }),
  run: (work, { filter }) => lists.total(work, filter),
});

/** A page of the bug fixes of each of several runs that were read. */
export const executionBugFixPages = operation({
  name: "executionBugFixPages",
  kind: "read",
  roles: reportersAndReaders,
  schema: (fields) =>
    record({
      executionIds: fields.uuid.array(),
      autonomous: optional(fields.boolean),
      first: fields.nestedPageSize(defaults.nestedPageSize),
      after: optional(fields.text),
    }),
  run: lists.pagesOfRuns,
});

/** How many bug fixes each of several runs has that were read. */
export const executionBugFixTotals = operation({
  name: "executionBugFixTotals",
  kind: "read",
  roles: reportersAndReaders,
  schema: (fields) => record({ executionIds: fields.uuid.array(), autonomous: optional(fields.boolean) }),
  run: lists.totalsOfRuns,
});
