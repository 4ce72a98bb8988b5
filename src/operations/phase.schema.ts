import { randomUUID } from "node:crypto";
import { phaseNames, phaseResults } from "../vocabulary.js";
import { type Fields, inOrder, optional, record, word } from "./fields.schema.js";

const phaseShape = (fields: Fields) => ({
  eventId: optional(fields.eventId).transform((eventId) => eventId ?? randomUUID()),
  name: word(phaseNames),
  sequence: optional(fields.sequence),
  startedAt: fields.happenedAt,
  completedAt: optional(fields.happenedAt),
  durationSeconds: optional(fields.count),
  result: optional(word(phaseResults)),
  testsWritten: optional(fields.count),
  testsPassing: optional(fields.count),
  testsFailing: optional(fields.count),
  filesModified: optional(fields.count),
});

/** One phase event. */
export const phaseSchema = (fields: Fields) => record(phaseShape(fields)).superRefine(inOrder);

/** One phase event with the execution it belongs to. */
export const recordPhaseSchema = (fields: Fields) =>
  record({ executionId: fields.uuid, ...phaseShape(fields) }).superRefine(inOrder);
