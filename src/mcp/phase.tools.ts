import { createHash } from "node:crypto";
import { z } from "zod";
import { MetricsError } from "../errors.js";
import { phaseNames, phaseResults } from "../vocabulary.js";
import { asText } from "./execution.tools.js";
import { reportedShape } from "./fields.js";
import type { Input, KnownPhase } from "./reporting.js";
import { reported, type Tool, withExecution, writes } from "./tool.js";

/** Opens or closes a phase; a model need know neither the time nor an id. */
export const reportPhase: Tool = {
  name: "report_phase",
  title: "Report a phase",
  description:
    "Call when a phase begins (without result) and again when it ends (with result). The end finds the open phase of that name by itself; event_id tells several apart. Repeating a call changes nothing.",
  annotations: writes,
  input: ({ execution, eventId, time, count }) =>
    z.strictObject({
      execution_id: execution,
      name: z.enum(phaseNames),
      result: z.enum(phaseResults).optional().describe("How it ended. Absent: it begins."),
      tests_written: count.optional(),
      tests_passing: count.optional(),
      tests_failing: count.optional(),
      files_modified: count.optional(),
      event_id: eventId.optional().describe("The phase's id; made when absent."),
      started_at: time.optional().describe("RFC 3339; now, or as its begin said, when absent."),
      completed_at: time.optional().describe("RFC 3339; now when absent and result is given."),
      sequence: z.int().min(1).optional().describe("Its place among the phases; the next when absent."),
    }),
  output: z.object({
    ...reportedShape,
    event_id: z.string(),
    started_at: z.string(),
    completed_at: z.string().nullable(),
  }),
  answer: async (reporting, sent) => {
    const input = await withExecution(reporting, sent, "executionId");
    const meant = phaseOf(input, reporting.now(), await reporting.phasesOf(input.executionId));
    const answer = reported(await reporting.recordPhase({ ...input, ...meant }));
    const { eventId: event_id, startedAt: started_at, completedAt: completed_at = null } = meant;
    return { ...answer, event_id, started_at, completed_at };
  },
};

/**
 * Which phase is meant, and when. An id that was not given follows from the start, so that a report that is repeated
 * with its start has the same id; a known boundary is repeated as it is known.
 * @throws MetricsError `NOT_FOUND` when a phase ends that nobody knows the start of
 */
function phaseOf(input: Input, now: Date, known: readonly KnownPhase[] | undefined) {
  const { executionId, name, result, completedAt, eventId, startedAt } = input;
  const ends = isGiven(result) || isGiven(completedAt);
  const phase = known && knownPhase(input, known);
  const isWellNamed = phaseNames.some((phaseName) => phaseName === name);
  if (ends && phase === undefined && !isGiven(startedAt) && known !== undefined && isWellNamed)
    throw notOpen(name, known);
  const start = isGiven(startedAt) ? startedAt : asText(phase?.startedAt ?? now);
  const end = isGiven(completedAt) ? completedAt : ends ? asText(phase?.completedAt ?? now) : undefined;
  return {
    eventId: isGiven(eventId) ? eventId : (phase?.eventId ?? idOf([executionId, name, start])),
    startedAt: start,
    completedAt: end,
  };
}

function knownPhase({ executionId, name, eventId, startedAt }: Input, known: readonly KnownPhase[]) {
  if (isGiven(eventId)) return known.find((phase) => phase.eventId === eventId);
  const open = known.filter((phase) => phase.name === name && phase.completedAt === null);
  if (!isGiven(startedAt)) return open.at(-1);
  const id = idOf([executionId, name, startedAt]);
  return known.find((phase) => phase.eventId === id) ?? open.find((phase) => isAt(phase, startedAt));
}

/** What was neither left out nor said to be nothing. */
const isGiven = (value: unknown) => value !== undefined && value !== null;

const isAt = ({ startedAt }: KnownPhase, time: unknown) =>
  typeof time === "string" && Date.parse(time) === Date.parse(asText(startedAt));

/** The same for the same parts, in letters that every limit has room for. */
export const idOf = (parts: readonly unknown[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);

function notOpen(name: unknown, known: readonly KnownPhase[]): MetricsError {
  const last = known.filter((phase) => phase.name === name).at(-1);
  const ended =
    last?.completedAt == null ? "" : ` The last one, ${last.eventId}, ended at ${asText(last.completedAt)}.`;
  return new MetricsError(
    "NOT_FOUND",
    `No such phase is open.${ended} Call report_phase without result when a phase begins, or send its started_at.`,
  );
}
