import type { PhaseEvent } from "../domain/phase.js";
import {
  type PhaseReport,
  type PhaseWrite,
  recordPhaseReports,
  recordPhases,
} from "../services/phase.service.js";
import type { Joint } from "./gathering.js";
import { operation } from "./operation.js";
import { ofWrite } from "./outcomes.js";
import { recordPhaseSchema } from "./phase.schema.js";
import { reporters } from "./roles.js";

/** Phases that several requests report, in one transaction. */
export const phaseReports: Joint<PhaseReport, PhaseWrite> = {
  kind: "write",
  run: (work, reports) => recordPhaseReports(work, reports, { patient: false }),
};

/** Opens, closes or appends one phase of a run. */
export const recordPhase = operation({
  name: "recordPhase",
  kind: "write",
  roles: reporters,
  schema: recordPhaseSchema,
  outcomes: ofWrite,
  run: async (work, { executionId, ...event }) =>
    toPhaseWrite(event, await recordPhases(work, executionId, [event])),
  gather: async (gather, { executionId, ...event }, now) => {
    const write = await gather(phaseReports, { executionId, events: [event], now });
    return write && toPhaseWrite(event, write);
  },
});

function toPhaseWrite({ eventId }: PhaseEvent, { execution, outcomes }: PhaseWrite) {
  const phase = execution.phases.find((one) => one.eventId === eventId);
  const [written] = outcomes;
  if (phase === undefined || written === undefined)
    throw new Error("a recorded phase stands in its document");
  return { outcome: written.outcome, phase, execution };
}
