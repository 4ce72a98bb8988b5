import { z } from "zod";
import type { Limits } from "../limits.js";

/**
 * The building blocks of what is shown of the tools' input: its shape. Nothing is held against them; the operations
 * refuse what breaks a rule, in their words.
 * @param findsExecution whether the run that is meant is found where none is named
 */
export function shownFields(limits: Limits, findsExecution = false) {
  const uuid = z.string().meta({ format: "uuid" });
  return {
    uuid,
    /** The run that a tool is about. */
    execution: findsExecution
      ? uuid.optional().describe("The current execution when absent.")
      : uuid.describe("As start_work_statement answered it."),
    time: z.string().meta({ format: "date-time" }),
    identifier: z.string().min(1).max(limits.identifierLength),
    executor: z.string().min(1).max(limits.executorLength),
    eventId: z.string().min(1).max(limits.eventIdLength),
    text: z.string().max(limits.textLength),
    paths: z.array(z.string().min(1).max(limits.pathLength)).max(limits.paths),
    count: z.int().min(0).max(2_147_483_647),
  };
}

export type ShownFields = ReturnType<typeof shownFields>;

const amount = z.number().nullable();

/** What was spent on something; a null key holds what belongs nowhere. */
export const spentRows = z
  .array(z.object({ key: z.string().nullable(), cost_usd: z.number(), call_count: z.int() }))
  .describe("The ten on which most was spent; a null key is what belongs nowhere.");

/** What every report answers. */
export const reportedShape = {
  outcome: z
    .enum(["RECORDED", "DUPLICATE", "CONFLICT_IGNORED", "SPOOLED"])
    .describe("SPOOLED: kept on disk until the server is back."),
  replayed: z.boolean().describe("Whether exactly this was recorded before, so that nothing changed."),
  execution_id: z.string(),
  note: z.string().optional(),
};

export { amount };
