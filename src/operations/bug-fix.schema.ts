import { type Fields, optional, record } from "./fields.schema.js";

/** A bug that was found and fixed during a run. */
export const bugFixSchema = (fields: Fields) =>
  record({
    id: optional(fields.uuid),
    executionId: fields.uuid,
    scopeId: optional(fields.identifier),
    description: fields.text,
    rootCause: fields.text,
    testName: fields.identifier,
    fixSummary: fields.text,
    filesModified: optional(fields.paths),
    autonomous: fields.boolean,
  });
