import { z } from "zod";
import type { BugFixPosition } from "../domain/bug-fix-page.js";
import type { LlmCallFilter, LlmCallPlace } from "../domain/exported.js";
import type { Position } from "../domain/page.js";
import * as exports from "../services/export.service.js";
import { callSources } from "../vocabulary.js";
import { bugFixFilterSchema } from "./bug-fix-list.operations.js";
import { executionFilterSchema, haveLength } from "./execution-filter.schema.js";
import { type Fields, optional, record, word } from "./fields.schema.js";
import { operation } from "./operation.js";
import { readers } from "./roles.js";

/** Where the page before ended: of our own making, never sent by a client. */
const place = <Place>() => z.custom<Place>().optional();

const callFilterSchema = (fields: Fields) =>
  record({
    startedFrom: optional(fields.instant),
    startedTo: optional(fields.instant),
    executionId: optional(fields.uuid),
    wsId: optional(fields.identifier),
    wpId: optional(fields.identifier),
    executor: optional(fields.executor),
    model: optional(fields.identifier),
    provider: optional(fields.identifier),
    documentType: optional(fields.identifier),
    source: optional(word(callSources)),
    attributed: optional(fields.boolean),
    priced: optional(fields.boolean),
  })
    .superRefine(haveLength([["startedFrom", "startedTo"]]))
    .nullish()
    .transform((filter): LlmCallFilter => filter ?? {});

/** A part of all runs that match, with what belongs to them. */
export const exportExecutions = operation({
  name: "exportExecutions",
  kind: "read",
  roles: readers,
  schema: (fields) => record({ filter: executionFilterSchema(fields), after: place<Position>() }),
  run: exports.executionsPage,
});

/** A part of all bug fixes that match. */
export const exportBugFixes = operation({
  name: "exportBugFixes",
  kind: "read",
  roles: readers,
  schema: (fields) => record({ filter: bugFixFilterSchema(fields), after: place<BugFixPosition>() }),
  run: exports.bugFixesPage,
});

/** A part of all LLM calls that match. */
export const exportLlmCalls = operation({
  name: "exportLlmCalls",
  kind: "read",
  roles: readers,
  schema: (fields) => record({ filter: callFilterSchema(fields), after: place<LlmCallPlace>() }),
  run: exports.llmCallsPage,
});
